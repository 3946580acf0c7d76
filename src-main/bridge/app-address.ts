// The address of the app's own page, and the check whether another address belongs to it.

const HOST = 'studio';
/**
 * As browsers write it. Node's URL.origin is "null" for every scheme that it does not know, so origins are never
 * compared here.
 */
export const APP_ORIGIN = `app://${HOST}`;
export const START_PAGE = `${APP_ORIGIN}/index.html`;

/** Whether an address is served by the app itself. False for text that is no address. */
export function isAppAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return protocol === 'app:' && host === HOST && username === '' && password === '';
}
