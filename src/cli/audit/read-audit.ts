import * as v from 'valibot';

const count = v.optional(v.number(), 0);
const auditSchema = v.object({
  metadata: v.object({
    vulnerabilities: v.object({ low: count, moderate: count, high: count, critical: count }),
  }),
});
const refusalSchema = v.object({ message: v.string() });

/** What an audit came to, a sentence for people. */
export interface AuditVerdict {
  readonly passed: boolean;
  readonly words: string;
}

/** @param report what `npm audit --json` wrote */
export function readAudit(report: string): AuditVerdict {
  const data = parseJson(report);
  const audit = v.safeParse(auditSchema, data);
  if (audit.success) {
    const { low, moderate, high, critical } = audit.output.metadata.vulnerabilities;
    const words = `Audit of what the site ships: ${critical} critical, ${high} high, ${moderate} moderate, ${low} low.`;
    return { passed: high + critical === 0, words };
  }
  const refusal = v.safeParse(refusalSchema, data);
  const why = refusal.success ? refusal.output.message : 'it gave no answer that can be read';
  return { passed: false, words: `Nothing was audited: the registry answers no audits here (${why}).` };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
