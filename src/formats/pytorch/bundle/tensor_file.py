"""Reads and writes safetensors files (F32, I32 and U8 tensors) with nothing but PyTorch."""
import ctypes
import json
import os
import struct

import torch

TYPES = {"F32": torch.float32, "I32": torch.int32, "U8": torch.uint8}
NAMES = {kind: name for name, kind in TYPES.items()}


def load_tensors(path):
    """Returns (tensors by name, metadata). Raises ValueError where the file is damaged."""
    with open(path, "rb") as file:
        content = file.read()
    if len(content) < 8:
        raise ValueError(f"{path} is no safetensors file: it has only {len(content)} bytes")
    (length,) = struct.unpack("<Q", content[:8])
    if length > len(content) - 8:
        raise ValueError(f"{path} is no safetensors file: its header is longer than the file")
    header = json.loads(content[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    data = content[8 + length :]
    tensors = {}
    for name, entry in header.items():
        kind = TYPES.get(entry["dtype"])
        begin, end = entry["data_offsets"]
        count = 1
        for size in entry["shape"]:
            count *= size
        if kind is None or not 0 <= begin <= end <= len(data) or end - begin != count * kind_bytes(kind):
            raise ValueError(f"{path} is damaged at the tensor {name}")
        # A copy of its own: aligned, and writable.
        part = bytearray(data[begin:end])
        tensor = torch.frombuffer(part, dtype=kind) if count > 0 else torch.empty(0, dtype=kind)
        tensors[name] = tensor.reshape(entry["shape"])
    return tensors, metadata


def save_tensors(path, tensors, metadata):
    """Writes the file aside and renames it, so that there is always a whole one."""
    header = {"__metadata__": metadata}
    at = 0
    for name, tensor in tensors.items():
        size = tensor.numel() * kind_bytes(tensor.dtype)
        header[name] = {"dtype": NAMES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [at, at + size]}
        at += size
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(f"{path}.part", "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text)
        for tensor in tensors.values():
            file.write(bytes_of(tensor))
    os.replace(f"{path}.part", path)


def kind_bytes(kind):
    return torch.empty(0, dtype=kind).element_size()


def bytes_of(tensor):
    """The numbers of a tensor in row-major order, without NumPy."""
    flat = tensor.detach().cpu().contiguous()
    return ctypes.string_at(flat.data_ptr(), flat.numel() * flat.element_size())
