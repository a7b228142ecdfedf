// Figures, positions, orders, decisions, trades and notices.
import { element, empty, money, percent, price, quantity, share, show, sign, signed, table, time, vote } from './format.js';
import { shortOf } from './symbols.js';

export function showFigures(portfolio, day) {
  const { figures, startCash: start } = portfolio;
  const total = figures.equity - start;
  const today = day ? figures.equity - day.equity : 0;
  const cards = [
    ['Equity', money(figures.equity), '', `started with ${money(start)}`],
    ['Profit today', signed(today), sign(today), day ? `${percent(today / day.equity, 2)} since ${day.time.includes('T00:00') ? '00:00' : time(day.time).slice(5)}` : 'no bar yet'],
    ['Profit in all', signed(total), sign(total), `${percent(total / start, 2)}, ${signed(figures.realisedPnl)} realised`],
    ['Open profit', signed(figures.openPnl), sign(figures.openPnl), 'of what is held now'],
    ['Cash free', money(portfolio.cash - portfolio.reserved), '', `${money(portfolio.reserved)} held by orders`],
    ['Max drawdown', share(figures.maxDrawdown), figures.maxDrawdown > 0.2 ? 'down' : '', 'deepest fall so far'],
    ['Closed trades', `${figures.trades}`, '', figures.trades ? `${share(figures.winRate)} won` : 'none yet'],
    ['Fees paid', money(figures.fees), '', 'included in profit'],
  ];
  show('figures', ...cards.map(([name, value, tone, note]) =>
    element('div', 'figure', element('span', '', name), element('b', tone, value), element('small', '', note))));
}

export function showPositions(positions, status) {
  if (positions.length === 0) return show('positions', empty(waiting(status)));
  show('positions', table([
    { name: 'Symbol', keep: true, value: row => pair(row.symbol, element('span', `tag ${row.state}`, row.state)) },
    { name: 'Held', num: true, value: row => pair(quantity(row.quantity), `from ${price(row.entryPrice)}`) },
    { name: 'Stop', num: true, value: row => row.stop > 0 ? price(row.stop) : 'none' },
    { name: 'Target', num: true, value: row => row.target > 0 ? price(row.target) : 'none' },
    { name: 'Profit', num: true, value: row => pair(signed(row.openPnl), row.value > 0 ? percent(row.openPnl / (row.value - row.openPnl)) : ''), tone: row => row.openPnl },
  ], positions, 'stack'));
}

function waiting(status) {
  if (status.run !== 'running') return `No position, and none is opened while the account is ${status.run}.`;
  if (status.strategy.state !== 'stepping') return `No position. Strategy ${status.strategy.name}: ${status.strategy.state}.`;
  return `No position. Strategy ${status.strategy.name} waits for an entry in one of ${status.symbols.length} symbols; below the chart stands why it waits.`;
}

export function showOrders(orders) {
  if (orders.length === 0) return show('orders', empty('No order is open.'));
  show('orders', table([
    { name: 'Order', keep: true, value: row => pair(`${row.side} ${row.symbol}`, `#${row.id} · ${row.status}`) },
    { name: 'Kind', value: row => pair(row.type === 'oco' ? 'stop + target' : row.type, row.purpose) },
    { name: 'Amount', num: true, value: row => row.quantity > 0 ? pair(quantity(row.quantity), row.traded > 0 ? `${quantity(row.traded)} traded` : 'none traded') : pair(money(row.budget), 'to spend') },
  ], orders));
}

export function showTrades(trades) {
  if (trades.length === 0) return show('trades', empty('No trade has been closed yet.'));
  show('trades', table([
    { name: 'Symbol', keep: true, value: row => pair(row.symbol, time(row.exitTime)) },
    { name: 'Left by', value: row => pair(row.exit === 'protectionLost' ? 'lost protection' : row.exit, `${price(row.entryPrice)} → ${price(row.exitPrice)}`) },
    { name: 'Profit', num: true, value: row => pair(signed(row.pnl), percent(row.pnl / (row.entryPrice * row.quantity))), tone: row => row.pnl },
  ], [...trades].reverse()));
}

export function showNotices(notices) {
  if (notices.length === 0) return show('notices', empty('Nothing to report.'));
  show('notices', table([
    { name: 'When', keep: true, value: row => element('span', '', element('span', `tag ${row.level}`, row.level), element('small', '', time(row.time))) },
    { name: 'What', value: row => row.text },
  ], [...notices].reverse()));
}

// Rows are made once, so that one that is opened stays open when others come.
export function showDecisions(decisions, most) {
  const list = document.getElementById('decisions');
  if (decisions.length === 0) return list.replaceChildren(empty('No decision yet. The first comes when the strategy sees an entry.'));
  const known = new Set([...list.querySelectorAll('details')].map(row => Number(row.dataset.sequence)));
  if (known.size === 0) list.replaceChildren();
  list.prepend(...decisions.filter(decision => !known.has(decision.sequence)).reverse().map(rowOf));
  while (list.childElementCount > most) list.lastElementChild.remove();
}

function rowOf(decision) {
  const row = element('details', '', element('summary', '',
    element('span', `tag ${decision.kind}`, decision.kind), ' ', element('span', 'dim tabular', time(decision.time)), ' ', shortOf(decision),
    element('div', 'votes', ...decision.votes.map(vote))));
  row.dataset.sequence = decision.sequence;
  row.append(decision.checks.length
    ? element('div', '', element('div', 'dim mt-1', 'Risk checks, in their order'), element('ul', '', ...decision.checks.map(text => element('li', '', text))))
    : element('div', 'dim mt-1', 'An exit passes no risk checks: it is never refused.'));
  return row;
}

const pair = (text, note) => element('span', '', text, element('small', '', note));
