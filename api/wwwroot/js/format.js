// Numbers and times as text, the same everywhere.
const moneyFormat = new Intl.NumberFormat('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const quantityFormat = new Intl.NumberFormat('en-US', { maximumFractionDigits: 8 });

export const money = value => moneyFormat.format(value);
export const signed = value => (value > 0 ? '+' : value < 0 ? '−' : '') + moneyFormat.format(Math.abs(value));
export const quantity = value => quantityFormat.format(value);
export const percent = (value, digits = 1) => value == null ? '–' : `${value > 0 ? '+' : value < 0 ? '−' : ''}${(Math.abs(value) * 100).toFixed(digits)} %`;
export const share = value => `${(value * 100).toFixed(1)} %`;
export const price = value => value == null ? '–' : new Intl.NumberFormat('en-US', { maximumSignificantDigits: value >= 1000 ? 8 : 6 }).format(value);
export const time = text => text.slice(0, 16).replace('T', ' ');
export const sign = value => value > 0 ? 'up' : value < 0 ? 'down' : 'dim';

// An element with a class, a text and children; text is never taken for markup.
export function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children.filter(child => child != null));
  return made;
}

export function table(columns, rows) {
  const head = element('tr', '', ...columns.map(column => element('th', column.num ? 'num' : '', column.name)));
  const body = rows.map(row => element('tr', '', ...columns.map(column => {
    const value = column.value(row);
    const cell = element('td', [column.num ? 'num' : '', column.tone ? sign(column.tone(row)) : ''].join(' ').trim());
    cell.append(value);
    return cell;
  })));
  return element('div', 'scroll', element('table', '', element('thead', '', head), element('tbody', '', ...body)));
}

export function show(id, content) {
  document.getElementById(id).replaceChildren(content);
}

export const empty = text => element('p', 'empty', text);
