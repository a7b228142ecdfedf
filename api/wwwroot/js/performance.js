// What the account has brought: by day, week or month, and by what its trades were.
import { coins, element, empty, money, percent, share, show, sign, signed, table } from './format.js';

const every = 1000;
const shown = 60;
const at = id => document.getElementById(id);
const periods = { days: 'Day', weeks: 'Week from', months: 'Month' };
const groups = { bySymbol: 'Symbol', byStrategy: 'Strategy', byRegime: 'Bought when', byExit: 'Left by' };
const state = { period: 'days', group: 'bySymbol', answer: null, asked: 0, timer: null };

export function wirePerformance() {
  wire('period', Object.keys(periods));
  wire('group', Object.keys(groups));
  at('rebalance-open').addEventListener('click', preview);
  at('rebalance-yes').addEventListener('click', rebalance);
  at('funds-open').addEventListener('click', () => window.bootstrap?.Modal.getOrCreateInstance('#funds').show());
  for (const action of ['deposit', 'withdraw', 'reset']) at(`funds-${action}`).addEventListener('click', () => move(action));
}

// At most once in a while, whatever the pace of the updates; at once where something is known to have changed.
export async function refreshPerformance(now = false) {
  const wait = now ? 0 : state.asked + every - Date.now();
  if (wait > 0) {
    // The last of many updates is not passed over: it is what the figures above show.
    state.timer ??= setTimeout(() => refreshPerformance(true), wait);
    return;
  }
  clearTimeout(state.timer);
  state.timer = null;
  state.asked = Date.now();
  try {
    const answer = await fetch('/api/v1/performance');
    if (!answer.ok) return;
    state.answer = await answer.json();
    render();
  } catch {
    // The line tells that the service does not answer; the next update asks again.
  }
}

function wire(name, choices) {
  for (const choice of choices) {
    at(`${name}-${choice}`).addEventListener('click', () => {
      state[name] = choice;
      for (const other of choices) at(`${name}-${other}`).ariaPressed = String(other === choice);
      render();
    });
  }
}

function render() {
  if (!state.answer) return;
  const valued = state.answer.valuation;
  at('valued').hidden = !valued;
  if (valued) at('valued').textContent = valued.pnl == null ? `Closed trades: ${valued.text}` : `Closed trades: ${coins(valued.pnl, true)} ${valued.currency} after fees of ${coins(valued.fees)}. ${valued.text}`;
  const rows = state.answer[state.period].slice(-shown).reverse();
  show('periods', rows.length === 0 ? empty('No bar has closed yet.') : table([
    { name: periods[state.period], keep: true, value: row => state.period === 'months' ? row.from.slice(0, 7) : row.from.slice(0, 10) },
    { name: 'Return', num: true, value: row => percent(row.return, 2), tone: row => row.return },
    { name: 'Profit', num: true, value: row => pair(signed(row.pnl), row.flows ? `${money(Math.abs(row.flows))} paid ${row.flows < 0 ? 'out' : 'in'}` : ''), tone: row => row.pnl },
    { name: 'Trades', num: true, value: row => pair(`${row.trades}`, row.trades ? `${row.wins} won` : '') },
    { name: 'Equity', num: true, value: row => money(row.end) },
  ], rows, 'stack'));
  const groupRows = state.answer[state.group];
  show('groups', groupRows.length === 0 ? empty('No trade has been closed yet.') : table([
    { name: groups[state.group], keep: true, value: row => row.name },
    { name: 'Trades', num: true, value: row => pair(`${row.trades}`, `${share(row.winRate)} won`) },
    { name: 'Profit', num: true, value: row => pair(signed(row.pnl), `${signed(row.average)} each`), tone: row => row.pnl },
    { name: 'Factor', num: true, value: row => row.profitFactor == null ? '–' : row.profitFactor.toFixed(2) },
    { name: 'Held', num: true, value: row => row.hoursHeld >= 48 ? `${(row.hoursHeld / 24).toFixed(1)} d` : `${row.hoursHeld.toFixed(1)} h` },
  ], groupRows, 'stack'));
}

async function move(action) {
  const amount = Number(at('funds-amount').value);
  const asset = at('funds-asset').value.trim() || undefined;
  const told = at('funds-told');
  told.className = '';
  told.textContent = 'asking…';
  try {
    const answer = await fetch(`/api/v1/funds/${action}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(action === 'reset' ? { amount } : { amount, asset }) });
    const body = await answer.json();
    told.textContent = answer.ok ? `Done: ${money(body.cash)} in cash, ${money(body.equity)} in all.` : body.detail;
    told.className = answer.ok ? 'up' : 'down';
  } catch {
    told.textContent = 'The service did not answer; nobody knows whether it happened. Look at the cash before you try again.';
    told.className = 'down';
  }
  refreshPerformance(true);
}

async function preview() {
  window.bootstrap?.Modal.getOrCreateInstance('#rebalance').show();
  at('rebalance-yes').disabled = true;
  show('rebalance-plan', empty('asking…'));
  try {
    const answer = await fetch('/api/v1/rebalance');
    if (!answer.ok) throw new Error();
    const plan = await answer.json();
    show('rebalance-plan', element('p', '', element('strong', '', plan.text)), element('ul', '', ...plan.legs.map(leg => element('li', '', leg.text))));
    at('rebalance-yes').disabled = !plan.wouldTrade;
  } catch {
    show('rebalance-plan', empty('The service did not answer.'));
  }
}

async function rebalance() {
  at('rebalance-yes').disabled = true;
  try {
    const answer = await fetch('/api/v1/rebalance', { method: 'POST' });
    const body = await answer.json();
    show('rebalance-plan', element('p', answer.ok ? 'up' : 'down', answer.ok ? `It has begun: ${body.caution ?? 'what is sold comes first, what is bought with the bars after it.'}` : body.detail));
  } catch {
    show('rebalance-plan', element('p', 'down', 'The service did not answer; nobody knows whether it began. Look at the open orders.'));
  }
}

const pair = (text, note) => element('span', '', text, element('small', '', note));
