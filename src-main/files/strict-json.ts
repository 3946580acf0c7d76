// Parses JSON of untrusted files. Duplicate names, of which JSON.parse would keep the last, are refused.

/** Throws SyntaxError if the text is not JSON, or if an object has a duplicate name or the name __proto__. */
export function parseStrictJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  checkNames(text);
  return value;
}

/** @param json that JSON.parse has accepted, so that quotes, braces and escapes are well formed */
function checkNames(json: string): void {
  /** Names in the enclosing objects, from outside to inside; undefined for a list. */
  const open: (Set<string> | undefined)[] = [];
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (character === '{') open.push(new Set());
    else if (character === '[') open.push(undefined);
    else if (character === '}' || character === ']') open.pop();
    else if (character === '"') {
      const end = endOfString(json, at);
      if (isName(json, end)) takeName(open.at(-1)!, JSON.parse(json.slice(at, end)) as string);
      at = end - 1;
    }
  }
}

function takeName(names: Set<string>, name: string): void {
  if (names.has(name) || name === '__proto__')
    throw new SyntaxError(`The name ${name} is twice in an object, or is not allowed.`);
  names.add(name);
}

/** @param start position of the opening quote @returns position after the closing one */
function endOfString(json: string, start: number): number {
  let at = start + 1;
  while (json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}

function isName(json: string, end: number): boolean {
  let at = end;
  while (json[at] === ' ' || json[at] === '\n' || json[at] === '\r' || json[at] === '\t') at++;
  return json[at] === ':';
}
