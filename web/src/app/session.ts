import { request, type Answer } from './http';

/** Who is signed in. */
export interface User {
  id: string;
  name: string;
  admin: boolean;
}

const REMEMBERED = 'tidemark.user';

/** The user who signed in last in this browser and did not sign out; lets the app open without the server. */
export function rememberedUser(): User | undefined {
  try {
    const user = JSON.parse(localStorage.getItem(REMEMBERED) ?? 'null') as User | null;
    return user && typeof user.id === 'string' ? user : undefined;
  } catch {
    return undefined;
  }
}

export function remember(user: User): void {
  localStorage.setItem(REMEMBERED, JSON.stringify(user));
}

/** Other tabs see this and close their part of the engine. */
export function forgetUser(): void {
  localStorage.removeItem(REMEMBERED);
}

/** Calls back when another tab signed out or signed somebody else in. */
export function onUserChangedElsewhere(callback: () => void): void {
  window.addEventListener('storage', ({ key }) => {
    if (key === REMEMBERED) callback();
  });
}

export async function fetchUser(): Promise<Answer<User>> {
  return userOf(await request<{ user: User }>('GET', '/session'));
}

/** By the one-time set-up link of a new server. */
export async function signIn(setupToken: string, name: string): Promise<Answer<User>> {
  return userOf(await request<{ user: User }>('POST', '/session', { setupToken, name }));
}

/** By an API token, as `./run token` prints it. */
export async function signInByToken(token: string): Promise<Answer<User>> {
  return userOf(await request<{ user: User }>('POST', '/session', { token }));
}

/** Tells API tokens from set-up tokens. */
export function isApiToken(token: string): boolean {
  return token.startsWith('tm_');
}

/** Ends the session on the server. When it cannot be reached, the cookie stays until it is; nothing on this device uses it. */
export async function endSession(): Promise<void> {
  await request('DELETE', '/session');
}

function userOf(answer: Answer<{ user: User }>): Answer<User> {
  return answer.ok ? { ok: true, value: answer.value.user } : answer;
}
