/** An n x n division as a small square. */
export function PatchIcon({ patches }: { readonly patches: number }) {
  const lines = Array.from({ length: patches - 1 }, (_, index) => (12 * (index + 1)) / patches);
  return (
    <svg className="patch-icon" viewBox="0 0 12 12" aria-hidden="true">
      <rect x="0.5" y="0.5" width="11" height="11" rx="1.5" />
      {lines.map((at) => (
        <path key={at} d={`M${at} 0.5V11.5M0.5 ${at}H11.5`} />
      ))}
    </svg>
  );
}
