// Figures, positions, orders, trades and notices.
import { coins, element, empty, endOf, money, percent, price, quantity, share, show, sign, signed, table, time } from './format.js';

const names = ['Equity', 'Profit today', 'Profit in all', 'Open profit', 'Cash free', 'Max drawdown', 'Closed trades', 'Fees paid'];

// null: the account cannot be told.
export function showFigures(portfolio, valuation) {
  const cards = portfolio ? valued(cardsOf(portfolio), valuation) : names.map(() => ['–', '', 'unknown']);
  show('figures', ...cards.map(([value, tone, note], i) =>
    element('div', 'figure', element('span', '', names[i]), element('b', tone, value), element('small', '', note))));
}

function cardsOf({ figures, startCash: start, flows, cash, reserved, dayBegin: day }) {
  const paid = start + flows;
  const total = figures.equity - paid;
  const today = day ? figures.equity - day.equity : 0;
  return [
    [money(figures.equity), '', flows ? `${money(paid)} paid in` : `started with ${money(start)}`],
    [signed(today), sign(today), day ? `${percent(today / day.equity, 2)} since ${day.time.slice(11, 16)} UTC` : 'no bar yet'],
    [signed(total), sign(total), `${percent(total / paid, 2)}, ${signed(figures.realisedPnl)} realised`],
    [signed(figures.openPnl), sign(figures.openPnl), 'of what is held now'],
    [money(cash - reserved), '', `${money(reserved)} held by orders`],
    [share(figures.maxDrawdown), figures.maxDrawdown > 0.2 ? 'down' : '', 'deepest fall so far'],
    [`${figures.trades}`, '', figures.trades ? `${share(figures.winRate)} won` : 'none yet'],
    [money(figures.fees), '', 'included in profit'],
  ];
}

// The same in the other currency that the owner has named, below the figures that it concerns; an unknown rate shows as such.
function valued(cards, valuation) {
  if (!valuation) return cards;
  const add = (i, amount, prefix) => { cards[i] = [cards[i][0], cards[i][1], `${cards[i][2]}; ${amount == null ? `unknown in ${valuation.currency}` : `${coins(amount, prefix)} ${valuation.currency}`}`]; };
  add(0, valuation.equity, false);
  add(2, valuation.pnl, true);
  add(3, valuation.openPnl, true);
  add(7, valuation.fees, false);
  const told = document.getElementById('valuation');
  told.hidden = false;
  told.textContent = valuation.text;
  return cards;
}

export function showPositions(positions, status) {
  if (positions.length === 0) return show('positions', empty(waiting(status)));
  show('positions', table([
    { name: 'Symbol', keep: true, value: row => pair(row.symbol, element('span', `tag ${row.state}`, row.state)) },
    { name: 'Held', num: true, value: row => pair(quantity(row.quantity), row.partsTaken > 0 ? `from ${price(row.entryPrice)}, ${row.partsTaken} sold` : `from ${price(row.entryPrice)}`) },
    { name: 'Stop', num: true, value: row => row.stop > 0 ? pair(price(row.stop), stopNote(row)) : 'none' },
    { name: 'Target', num: true, value: row => row.target > 0 ? price(row.target) : 'none' },
    { name: 'Profit', num: true, value: row => pair(signed(row.openPnl), row.value > 0 ? percent(row.openPnl / (row.value - row.openPnl)) : ''), tone: row => row.openPnl },
  ], [...positions].sort((a, b) => (a.state === 'dust') - (b.state === 'dust')), 'stack'));
}

// What its owner has brought: no order of the account touches it.
export function showExternal(external) {
  document.getElementById('external').hidden = external.length === 0;
  show('external-holdings', table([
    { name: 'Asset', keep: true, value: row => row.asset },
    { name: 'Held', num: true, value: row => pair(quantity(row.quantity), `at ${price(row.price)}`) },
    { name: 'Worth', num: true, value: row => money(row.value) },
    { name: 'Profit', num: true, value: row => signed(row.pnl), tone: row => row.pnl },
  ], external, 'stack'));
}

function stopNote({ stopRaisedBy, unprotectedSeconds: seconds }) {
  const raised = { trailing: 'follows the price', breakEven: 'pays back its costs' }[stopRaisedBy] ?? '';
  if (seconds < 1) return raised;
  return element('span', '', raised ? `${raised}, ` : '', unconfirmed(seconds));
}

// What the seconds without a confirmed stop count; told where they stand, since they are no time without a stop.
const counted = 'Counted from the fill, or from the moment at which the exchange took the stop back (to move it, or to sell; while it has not told, from that at which it was asked to take the stop back), until it had confirmed the next stop or the sale. '
  + 'The time goes on while the service is down: by what the exchange reported, the position was without a stop for no longer than this, and often for less.';

function unconfirmed(seconds) {
  const told = element('span', 'explained', `stop unconfirmed for ${lasted(seconds)}`);
  told.title = counted;
  return told;
}

function lasted(seconds) {
  return seconds < 120 ? `${Math.round(seconds)} s` : seconds < 7200 ? `${Math.round(seconds / 60)} min` : `${Math.round(seconds / 3600)} h`;
}

function waiting(status) {
  if (status.run !== 'running') return `No position, and none is opened while the account is ${status.run}.`;
  if (status.entryObstacles.length > 0) return 'No position, and none is opened now: beside the run state above stands why.';
  if (status.strategy.state !== 'stepping') return `No position. Strategy ${status.strategy.name}: ${status.strategy.state}.`;
  return `No position. Strategy ${status.strategy.name} waits for an entry in ${status.symbols.length === 1 ? status.symbols[0] : `one of ${status.symbols.length} symbols`}; below the chart stands why it waits.`;
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
    { name: 'Left by', value: row => pair(
      row.unprotectedSeconds >= 1 ? element('span', '', `${endOf(row.exit)}, `, unconfirmed(row.unprotectedSeconds)) : endOf(row.exit),
      `${price(row.entryPrice)} → ${price(row.exitPrice)}`) },
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

const pair = (text, note) => element('span', '', text, element('small', '', note));
