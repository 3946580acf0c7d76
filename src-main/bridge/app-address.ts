// The address of the app's own page, and a check whether an address belongs to it.

const HOST = 'studio';
/** As browsers write it. Never compared here: Node's URL.origin is "null" for schemes that it does not know. */
export const APP_ORIGIN = `app://${HOST}`;
export const START_PAGE = `${APP_ORIGIN}/index.html`;

/** True if the app itself serves this address. False for text that is not an address. */
export function isAppAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return protocol === 'app:' && host === HOST && username === '' && password === '';
}
