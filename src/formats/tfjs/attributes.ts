/** An attribute of a node in model.json: a TensorFlow AttrValue as JSON, integers as text, texts in base64. */
export type Attribute = Readonly<Record<string, unknown>>;

export const floats: Attribute = { type: 'DT_FLOAT' };
export const integers: Attribute = { type: 'DT_INT32' };
export const flag = (value: boolean): Attribute => ({ b: value });
export const real = (value: number): Attribute => ({ f: value });
export const integer = (value: number): Attribute => ({ i: String(value) });
export const text = (value: string): Attribute => ({ s: btoa(value) });
export const list = (values: readonly number[]): Attribute => ({ list: { i: values.map(String) } });

/** A shape; -1 where it is free. */
export const shape = (sizes: readonly number[]): Attribute => ({ dim: sizes.map((size) => ({ size: String(size) })) });

/** The type and shape of a constant, whose numbers are in the weights file. */
export const constant = (sizes: readonly number[], dtype: 'float32' | 'int32'): Attribute => ({
  tensor: { dtype: dtype === 'float32' ? 'DT_FLOAT' : 'DT_INT32', tensorShape: shape(sizes) },
});
