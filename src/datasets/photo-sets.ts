/** Sets of photos, for people. */
export const photoTitles = {
  'tiny-imagenet': 'Tiny-ImageNet',
  imagenette: 'Imagenette',
  imagenet: 'ImageNet images',
  own: 'Own images',
} as const;

/** Sets made of photos. */
export type PhotoSet = keyof typeof photoTitles;

const imagenet =
  "ImageNet's terms of access: non-commercial research and education; the photos belong to their owners. Cite: " +
  'O. Russakovsky et al., ImageNet Large Scale Visual Recognition Challenge, IJCV 2015.';

/** Source, terms of use and what to cite. */
export const photoTerms: Readonly<Record<PhotoSet, string>> = {
  'tiny-imagenet':
    `Tiny-ImageNet, http://cs231n.stanford.edu/tiny-imagenet-200.zip (Stanford CS231N). ${imagenet} And: Y. Le, X. Yang, ` +
    'Tiny ImageNet Visual Recognition Challenge, 2015.',
  imagenette: `Imagenette, https://github.com/fastai/imagenette. ${imagenet}`,
  imagenet: `ImageNet, https://www.image-net.org/. ${imagenet}`,
  own: 'Your own images: you know their terms. They do not leave this computer.',
};
