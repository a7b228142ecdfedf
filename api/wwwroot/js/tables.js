// Figures, positions, orders, decisions, trades and notices.
import { element, empty, money, percent, price, quantity, share, show, sign, signed, table, time } from './format.js';

export function showFigures(portfolio, start) {
  const { figures } = portfolio;
  const total = figures.equity - start;
  const cards = [
    ['Equity', money(figures.equity), '', `started with ${money(start)}`],
    ['Total profit', signed(total), sign(total), percent(total / start, 2)],
    ['Open profit', signed(figures.openPnl), sign(figures.openPnl), 'of what is held'],
    ['Realised', signed(figures.realisedPnl), sign(figures.realisedPnl), 'after fees'],
    ['Cash free', money(portfolio.cash - portfolio.reserved), '', `${money(portfolio.reserved)} held by orders`],
    ['Max drawdown', share(figures.maxDrawdown), figures.maxDrawdown > 0.2 ? 'down' : '', 'deepest fall from a peak'],
    ['Trades', `${figures.trades}`, '', figures.trades ? `${share(figures.winRate)} won` : 'none closed yet'],
    ['Fees paid', money(figures.fees), '', 'since the start'],
  ];
  show('figures', fragment(cards.map(([name, value, tone, note]) =>
    element('div', 'figure', element('span', '', name), element('b', tone, value), element('small', '', note)))));
}

export function showPositions(positions) {
  show('positions', positions.length === 0
    ? empty('No position. The strategy waits for its next entry.')
    : table([
      { name: 'Symbol', value: row => element('span', '', row.symbol, ' ', element('span', `tag ${row.state}`, row.state)) },
      { name: 'Quantity', num: true, value: row => quantity(row.quantity) },
      { name: 'Entry', num: true, value: row => price(row.entryPrice) },
      { name: 'Stop / target', num: true, value: row => row.stop > 0 ? `${price(row.stop)} / ${price(row.target)}` : 'none' },
      { name: 'P&L', num: true, value: row => signed(row.openPnl), tone: row => row.openPnl },
    ], positions));
}

export function showOrders(orders) {
  show('orders', orders.length === 0
    ? empty('No open order.')
    : table([
      { name: 'Order', value: row => `#${row.id} ${row.side} ${row.symbol}` },
      { name: 'Kind', value: row => `${row.type === 'oco' ? 'stop + target' : row.type}, ${row.purpose}` },
      { name: 'Amount', num: true, value: row => row.quantity > 0 ? `${quantity(row.traded)} of ${quantity(row.quantity)}` : `${money(row.budget)} to spend` },
      { name: 'State', value: row => row.status },
    ], orders));
}

export function showDecisions(decisions) {
  show('decisions', decisions.length === 0
    ? empty('No decision yet. The first comes when the averages cross.')
    : fragment([...decisions].reverse().map(decision => {
      const details = element('details', '', element('summary', '',
        element('span', `tag ${decision.kind}`, decision.kind), ' ', element('span', 'dim tabular', time(decision.time)), ' ', decision.text));
      details.dataset.sequence = decision.sequence;
      if (decision.checks.length) details.append(element('div', 'dim small mt-1', 'Checks, in their order'), element('ul', '', ...decision.checks.map(text => element('li', '', text))));
      return details;
    })));
}

export function showTrades(trades) {
  show('trades', trades.length === 0
    ? empty('No trade has been closed yet.')
    : table([
      { name: 'Closed', value: row => time(row.exitTime) },
      { name: 'Symbol', value: row => row.symbol },
      { name: 'Entry → exit', num: true, value: row => `${price(row.entryPrice)} → ${price(row.exitPrice)}` },
      { name: 'By', value: row => row.exit === 'protectionLost' ? 'no protection' : row.exit },
      { name: 'Profit', num: true, value: row => signed(row.pnl), tone: row => row.pnl },
    ], [...trades].reverse()));
}

export function showNotices(notices) {
  show('notices', notices.length === 0
    ? empty('Nothing to report.')
    : table([
      { name: 'When', value: row => time(row.time) },
      { name: '', value: row => element('span', `tag ${row.level}`, row.level) },
      { name: 'What', value: row => row.text },
    ], [...notices].reverse()));
}

function fragment(children) {
  const made = document.createDocumentFragment();
  made.append(...children);
  return made;
}
