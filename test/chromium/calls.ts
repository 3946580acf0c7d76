// Calls from one process to another and back, over the message channel of a child process.

type Handlers = Record<string, (...args: never[]) => unknown>;

export interface Peer<H> {
  /**
   * Calls arrive in the order in which they were made. Rejects with the other side's error, or when the other side has
   * ended.
   */
  call<N extends keyof H & string>(
    name: N,
    ...args: H[N] extends (...args: infer A) => unknown ? A : never
  ): Promise<H[N] extends (...args: never[]) => infer R ? Awaited<R> : never>;
  /** The other side has ended: rejects what it has not answered. */
  end(): void;
}

export interface Wire {
  send(message: object): void;
  onMessage(listener: (message: object) => void): void;
}

type Message =
  | { call: number; name: string; args: never[] }
  | { answer: number; value: unknown }
  | { answer: number; error: string };

/** @param handlers what the other side may call here */
export function connectCalls<H>(wire: Wire, handlers: Handlers): Peer<H> {
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>();
  let calls = 0;
  let ended = false;

  wire.onMessage((received) => {
    const message = received as Message;
    if ('call' in message) void answer(message);
    else {
      const caller = waiting.get(message.answer);
      waiting.delete(message.answer);
      if ('error' in message) caller?.reject(new Error(message.error));
      else caller?.resolve(message.value as never);
    }
  });

  async function answer({ call, name, args }: Extract<Message, { call: number }>): Promise<void> {
    try {
      const value = await handlers[name]!(...args);
      if (!ended) wire.send({ answer: call, value });
    } catch (error) {
      if (!ended)
        wire.send({ answer: call, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  }

  return {
    call: (name, ...args) =>
      new Promise((resolve, reject) => {
        if (ended) return reject(new Error('The app has ended.'));
        waiting.set(++calls, { resolve, reject });
        wire.send({ call: calls, name, args });
      }),
    end() {
      ended = true;
      for (const { reject } of waiting.values()) reject(new Error('The app has ended.'));
      waiting.clear();
    },
  };
}
