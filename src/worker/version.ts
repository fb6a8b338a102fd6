declare global {
  /** Set by vite.config.ts. */
  const __APP_VERSION__: string;
  const __COMMIT__: string;
}

/** Which program trains here, for the records of runs. */
export const version = { appVersion: __APP_VERSION__, commit: __COMMIT__ } as const;
