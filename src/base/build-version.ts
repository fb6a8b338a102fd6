declare global {
  /** Set by vite.config.ts. */
  const __APP_VERSION__: string;
  const __COMMIT__: string;
}

/** Which build of the page this is, for records of runs and error reports. Page and workers only: the command line asks git. */
export const buildVersion = { appVersion: __APP_VERSION__, commit: __COMMIT__ } as const;
