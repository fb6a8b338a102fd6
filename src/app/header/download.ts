/** Hands a file to the browser's downloads. */
export function download(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download holds the data by then; the address would hold it for the page's life.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
