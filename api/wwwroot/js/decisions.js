// The latest decisions, each with its votes, and its checks when it is opened.
import { element, empty, time, vote } from './format.js';

// Rows are made once, so that an opened one stays open when others come, and none moves away under the mouse.
export class DecisionList {
  constructor(list, waiting, most) {
    Object.assign(this, { list, waiting, most, isHeld: false, decisions: [] });
    list.addEventListener('pointerenter', event => { this.isHeld = event.pointerType === 'mouse'; });
    list.addEventListener('pointerleave', () => { this.isHeld = false; this.draw(); });
  }

  update(decisions) {
    this.decisions = decisions;
    this.draw();
  }

  draw() {
    const rows = [...this.list.querySelectorAll('details')];
    const known = new Set(rows.map(row => Number(row.dataset.sequence)));
    const fresh = this.decisions.filter(decision => !known.has(decision.sequence));
    const waits = this.isHeld && rows.length > 0 ? fresh.length : 0;
    this.waiting.textContent = waits > 0 ? `${waits} more when the pointer leaves the list` : '';
    if (waits > 0) return;
    if (this.decisions.length === 0) return this.list.replaceChildren(empty('No decision yet. The first comes when the strategy sees an entry.'));
    if (rows.length === 0) this.list.replaceChildren();
    this.list.prepend(...fresh.reverse().map(rowOf));
    while (this.list.childElementCount > this.most + decisionsKept) this.list.lastElementChild.remove();
  }
}

// Goes back beyond the latest, a page at a time, out of the whole journal.
export function wireOlder(button, list, get) {
  button.addEventListener('click', async () => {
    const oldest = list.querySelector('details:last-of-type')?.dataset.sequence;
    if (!oldest) return;
    button.disabled = true;
    const older = await get(`decisions?before=${oldest}&limit=100`).catch(() => null);
    button.disabled = false;
    if (!older) return;
    decisionsKept += older.length;
    list.append(...older.reverse().map(rowOf));
    button.hidden = older.length === 0;
  });
}

// So many that were asked for stay, beside the latest.
let decisionsKept = 0;

function rowOf(decision) {
  const row = element('details', '', element('summary', '',
    element('span', `tag ${decision.kind}`, decision.kind), ' ', element('span', 'dim tabular', time(decision.time)), ' ', shortOf(decision),
    element('div', 'votes', ...decision.votes.map(vote))));
  row.dataset.sequence = decision.sequence;
  row.append(decision.checks.length
    ? element('div', '', element('div', 'dim mt-1', 'Risk checks, in their order'), element('ul', '', ...decision.checks.map(text => element('li', '', text))))
    : element('div', 'dim mt-1', decision.kind === 'left' || decision.kind === 'reduced' ? 'An exit passes no risk checks: it is never refused.' : 'It came to no risk check.'));
  return row;
}

// The sentence without its votes, which are shown beside it.
export function shortOf(decision) {
  const votes = decision.votes.join('; ');
  for (const tail of [`: ${votes}.`, ` It was wanted because ${votes}.`])
    if (votes && decision.text.endsWith(tail)) return decision.text.slice(0, -tail.length).replace(/\.?$/, '.');
  return decision.text;
}
