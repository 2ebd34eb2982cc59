/** Next calls this once in the server process, before the first request. */
export async function register(): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: Next replaces it when it builds; its edge bundle must not hold the server.
  if (process.env.NEXT_RUNTIME !== 'nodejs') return;
  const { startWeb } = await import('./server/start-web.ts');
  await startWeb();
}
