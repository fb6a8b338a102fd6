"""The playground's seeded random streams, number for number: xoshiro128** (Blackman and Vigna 2018), named by (seed, name)."""

MASK = 0xFFFFFFFF


class RandomStream:
    def __init__(self, seed, name):
        self.a, self.b, self.c, self.d = hash128(f"{seed}/{name}")

    def next_uint32(self):
        a, b, c, d = self.a, self.b, self.c, self.d
        product = (b * 5) & MASK
        result = ((((product << 7) | (product >> 25)) & MASK) * 9) & MASK
        c ^= a
        d ^= b
        self.b = b ^ c
        self.a = a ^ d
        self.c = c ^ ((b << 9) & MASK)
        self.d = ((d << 11) | (d >> 21)) & MASK
        return result

    def below(self, bound):
        """Uniform in 0..bound-1."""
        limit = 4294967296 - 4294967296 % bound
        draw = self.next_uint32()
        while draw >= limit:
            draw = self.next_uint32()
        return draw % bound


def permutation(count, stream):
    """A random order of 0..count-1 (Fisher-Yates)."""
    order = list(range(count))
    for last in range(count - 1, 0, -1):
        other = stream.below(last + 1)
        order[last], order[other] = order[other], order[last]
    return order


def hash128(text):
    """Four well-mixed 32-bit words of a text (cyrb128)."""
    h1, h2, h3, h4 = 1779033703, 3144134277, 1013904242, 2773480762
    for letter in text:
        code = ord(letter)
        h1 = h2 ^ ((h1 ^ code) * 597399067 & MASK)
        h2 = h3 ^ ((h2 ^ code) * 2869860233 & MASK)
        h3 = h4 ^ ((h3 ^ code) * 951274213 & MASK)
        h4 = h1 ^ ((h4 ^ code) * 2716044179 & MASK)
    h1 = (h3 ^ (h1 >> 18)) * 597399067 & MASK
    h2 = (h4 ^ (h2 >> 22)) * 2869860233 & MASK
    h3 = (h1 ^ (h3 >> 17)) * 951274213 & MASK
    h4 = (h2 ^ (h4 >> 19)) * 2716044179 & MASK
    return (h1 ^ h2 ^ h3 ^ h4) | 1, h2 ^ h1, h3 ^ h1, h4 ^ h1
