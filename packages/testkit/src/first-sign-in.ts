import type { Stack } from './stack.ts';

/** Cookies of a session, as a browser keeps them. */
class CookieJar {
  readonly #cookies = new Map<string, string>();

  keep(response: Response): Response {
    for (const cookie of response.headers.getSetCookie()) {
      const [pair = ''] = cookie.split(';');
      this.#cookies.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    }
    return response;
  }

  get header(): string {
    return [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  }
}

/**
 * Signs the first admin in with the one-time password and changes it, as the two pages do, without a browser: until
 * then the admin's API tokens are refused. Throws with what the server said.
 */
export async function changeFirstPassword(stack: Pick<Stack, 'url' | 'password'>, next: string): Promise<void> {
  const jar = new CookieJar();
  const ask = async (path: string, init: RequestInit = {}): Promise<Response> =>
    jar.keep(
      await fetch(`${stack.url}${path}`, {
        ...init,
        redirect: 'manual',
        headers: { ...init.headers, cookie: jar.header, origin: stack.url },
      }),
    );
  const { csrfToken } = (await (await ask('/api/auth/csrf')).json()) as { csrfToken: string };
  const current = stack.password ?? '';
  const signedIn = await ask('/api/auth/callback/credentials', {
    method: 'POST',
    body: new URLSearchParams({ csrfToken, username: 'admin', password: current, json: 'true' }),
  });
  if (!signedIn.ok) throw new Error(`sign-in gives ${signedIn.status}: ${await signedIn.text()}`);
  const changed = await ask('/api/trpc/account.changePassword', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ json: { current, next } }),
  });
  if (!changed.ok) throw new Error(`changing the password gives ${changed.status}: ${await changed.text()}`);
}
