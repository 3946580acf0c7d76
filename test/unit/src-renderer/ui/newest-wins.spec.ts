import { expect, it } from 'vitest';
import { NewestWins } from '../../../../src-renderer/ui/newest-wins';

function recorded(): { sent: number[]; requests: NewestWins<number> } {
  const sent: number[] = [];
  return { sent, requests: new NewestWins((request) => sent.push(request)) };
}

it('sends no second request before the first is answered', () => {
  const { sent, requests } = recorded();
  requests.ask(1);
  requests.ask(2);
  expect(sent).toEqual([1]);
});

it('sends only the newest of those that were made meanwhile', () => {
  const { sent, requests } = recorded();
  for (const request of [1, 2, 3]) requests.ask(request);
  requests.answered();
  expect(sent).toEqual([1, 3]);
  requests.answered();
  requests.ask(4);
  expect(sent).toEqual([1, 3, 4]);
});

it('starts afresh when the receiver is gone', () => {
  const { sent, requests } = recorded();
  requests.ask(1);
  requests.ask(2);
  requests.forget();
  requests.ask(3);
  expect(sent).toEqual([1, 3]);
});
