/**
 * Headers with which a server of the page makes it cross-origin isolated: only then do browsers give it shared memory, and so WASM threads.
 * `require-corp` and not `credentialless`, which Safari lacks: the page embeds nothing of other origins, and what it fetches at the user's
 * wish asks by CORS, as both demand. Workers need the headers too, so every answer has them.
 */
export const crossOriginIsolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
} as const;
