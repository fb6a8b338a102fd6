/** Where a matrix lies in an array: element (i, j) at `offset + i * rowStride + j * columnStride`. */
export interface MatrixView {
  readonly data: Float64Array;
  readonly offset: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

/** Columns of the right-hand side, and rows of the left-hand one, that one pass of the inner loop serves. */
const tile = 4;

/** The view of a whole row-major matrix with `columns` columns. */
export const rowMajor = (data: Float64Array, columns: number, offset = 0): MatrixView => ({
  data,
  offset,
  rowStride: columns,
  columnStride: 1,
});

/** The same numbers with rows and columns exchanged. */
export const transposed = (view: MatrixView): MatrixView => ({
  data: view.data,
  offset: view.offset,
  rowStride: view.columnStride,
  columnStride: view.rowStride,
});

/**
 * out += left * right, with left [rows, inner], right [inner, columns] and `out` row-major [rows, columns] from
 * `outOffset`. Sixteen sums are held in registers over the whole inner loop, so that each number loaded serves four
 * products; the right-hand side is first copied into panels of four columns, which makes its reads contiguous.
 */
export function multiplyInto(
  out: Float64Array,
  outOffset: number,
  left: MatrixView,
  right: MatrixView,
  rows: number,
  inner: number,
  columns: number,
): void {
  const panel = new Float64Array(inner * tile);
  for (let column = 0; column < columns; column += tile) {
    const width = Math.min(tile, columns - column);
    fillPanel(panel, right, column, width, inner);
    let row = 0;
    for (; row + tile <= rows; row += tile) {
      addFourRows(out, outOffset + row * columns + column, columns, width, left, row, panel, inner);
    }
    for (; row < rows; row++) addOneRow(out, outOffset + row * columns + column, width, left, row, panel, inner);
  }
}

function fillPanel(panel: Float64Array, right: MatrixView, column: number, width: number, inner: number): void {
  const { data, rowStride, columnStride } = right;
  if (width < tile) panel.fill(0);
  for (let j = 0; j < width; j++) {
    let source = right.offset + (column + j) * columnStride;
    for (let target = j; target < inner * tile; target += tile) {
      panel[target] = data[source] as number;
      source += rowStride;
    }
  }
}

function addFourRows(
  out: Float64Array,
  outOffset: number,
  outStride: number,
  width: number,
  left: MatrixView,
  row: number,
  panel: Float64Array,
  inner: number,
): void {
  const data = left.data;
  const step = left.columnStride;
  let p0 = left.offset + row * left.rowStride;
  let p1 = p0 + left.rowStride;
  let p2 = p1 + left.rowStride;
  let p3 = p2 + left.rowStride;
  let s00 = 0;
  let s01 = 0;
  let s02 = 0;
  let s03 = 0;
  let s10 = 0;
  let s11 = 0;
  let s12 = 0;
  let s13 = 0;
  let s20 = 0;
  let s21 = 0;
  let s22 = 0;
  let s23 = 0;
  let s30 = 0;
  let s31 = 0;
  let s32 = 0;
  let s33 = 0;
  for (let q = 0; q < inner * tile; q += tile) {
    const b0 = panel[q] as number;
    const b1 = panel[q + 1] as number;
    const b2 = panel[q + 2] as number;
    const b3 = panel[q + 3] as number;
    const a0 = data[p0] as number;
    s00 += a0 * b0;
    s01 += a0 * b1;
    s02 += a0 * b2;
    s03 += a0 * b3;
    const a1 = data[p1] as number;
    s10 += a1 * b0;
    s11 += a1 * b1;
    s12 += a1 * b2;
    s13 += a1 * b3;
    const a2 = data[p2] as number;
    s20 += a2 * b0;
    s21 += a2 * b1;
    s22 += a2 * b2;
    s23 += a2 * b3;
    const a3 = data[p3] as number;
    s30 += a3 * b0;
    s31 += a3 * b1;
    s32 += a3 * b2;
    s33 += a3 * b3;
    p0 += step;
    p1 += step;
    p2 += step;
    p3 += step;
  }
  addToRow(out, outOffset, width, s00, s01, s02, s03);
  addToRow(out, outOffset + outStride, width, s10, s11, s12, s13);
  addToRow(out, outOffset + 2 * outStride, width, s20, s21, s22, s23);
  addToRow(out, outOffset + 3 * outStride, width, s30, s31, s32, s33);
}

function addOneRow(
  out: Float64Array,
  outOffset: number,
  width: number,
  left: MatrixView,
  row: number,
  panel: Float64Array,
  inner: number,
): void {
  let p = left.offset + row * left.rowStride;
  let s0 = 0;
  let s1 = 0;
  let s2 = 0;
  let s3 = 0;
  for (let q = 0; q < inner * tile; q += tile) {
    const a = left.data[p] as number;
    s0 += a * (panel[q] as number);
    s1 += a * (panel[q + 1] as number);
    s2 += a * (panel[q + 2] as number);
    s3 += a * (panel[q + 3] as number);
    p += left.columnStride;
  }
  addToRow(out, outOffset, width, s0, s1, s2, s3);
}

function addToRow(out: Float64Array, at: number, width: number, s0: number, s1: number, s2: number, s3: number): void {
  out[at] = (out[at] as number) + s0;
  if (width > 1) out[at + 1] = (out[at + 1] as number) + s1;
  if (width > 2) out[at + 2] = (out[at + 2] as number) + s2;
  if (width > 3) out[at + 3] = (out[at + 3] as number) + s3;
}
