// Numbers and times as text, the same everywhere, and elements made of them.
// What is nought on the page has no sign there.
const moneyFormat = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2, signDisplay: 'negative' });
const quantityFormat = new Intl.NumberFormat('en-US', { maximumFractionDigits: 8 });
const largePrice = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 8 });
const smallPrice = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 6 });

const prefix = value => value > 0 ? '+' : value < 0 ? '−' : '';
const prefixed = (value, text) => /[1-9]/.test(text) ? prefix(value) + text : text;
export const money = value => moneyFormat.format(value);
export const signed = value => prefixed(value, moneyFormat.format(Math.abs(value)));
export const quantity = value => quantityFormat.format(value);
// Money of any currency: of a bitcoin the decimals count.
export const coins = (value, isSigned = false) => (isSigned || value < 0 ? prefix(value) : '') + (Math.abs(value) < 100 ? quantityFormat : moneyFormat).format(Math.abs(value));
export const percent = (value, digits = 1) => value == null ? '–' : `${prefixed(value, (Math.abs(value) * 100).toFixed(digits))} %`;
export const share = value => `${(value * 100).toFixed(1)} %`;
export const price = value => value == null ? '–' : (value >= 1000 ? largePrice : smallPrice).format(value);
// A moment that is not known yet, as before the first bar, is null.
export const time = text => text?.slice(0, 16).replace('T', ' ') ?? '–';
export const counted = (count, one, many = `${one}s`) => `${count} ${count === 1 ? one : many}`;
export const sign = value => value > 0 ? 'up' : value < 0 ? 'down' : 'dim';

// An element with a class and children; text is never taken for markup.
export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children.filter(child => child != null));
  return made;
}

// Columns: name, value(row), and num (a figure), keep (on one line), wide (a sentence: as wide as the card where rows are cards), tone
// (coloured by its sign).
export function table(columns, rows, className = '') {
  const head = element('tr', '', ...columns.map(column => element('th', column.num ? 'num' : '', column.name)));
  const body = rows.map(row => element('tr', '', ...columns.map(column => {
    const cell = element('td', [column.num && 'num', column.keep && 'keep', column.wide && 'wide', column.tone && sign(column.tone(row))].filter(Boolean).join(' '), column.value(row));
    if (column.name) cell.dataset.name = column.name;
    return cell;
  })));
  return element('table', className, element('thead', '', head), element('tbody', '', ...body));
}

export function show(id, ...content) {
  document.getElementById(id).replaceChildren(...content);
}

export const empty = text => element('p', 'empty', text);

// One vote of the strategy; how it speaks stands in its last bracket.
export function vote(text) {
  const weight = /\(([+-])[\d.]+\)$/.exec(text);
  return element('span', `vote ${weight ? (weight[1] === '+' ? 'up' : 'down') : ''}`, text);
}

// What ended a trade, where its name alone does not say it.
const ends = {
  protectionLost: 'lost protection', dust: 'dust sold', breakEven: 'break-even stop', trailing: 'trailing stop', timeStop: 'time stop',
  partial: 'part sold', killSwitch: 'kill switch', external: 'taken by its owner',
};

export const endOf = exit => ends[exit] ?? exit;
