// Limits with their use of today, locks, the history of limits, and the kill switch.
import { element, empty, money, show, table, time } from './format.js';

const at = id => document.getElementById(id);
const names = {
  dailyLoss: 'Loss of the day', drawdown: 'Fall from the peak', lossStreak: 'Losses in a row',
  tooManyPositions: 'Positions open', totalExposure: 'Invested', tradesPerDay: 'Entries today',
};
const counted = ['lossStreak', 'tooManyPositions', 'tradesPerDay'];
const liftable = ['dailyLoss', 'drawdown', 'lossStreak'];
const values = ['maxDailyLoss', 'maxDrawdown', 'maxExposure', 'maxPositionShare', 'maxOpenPositions'];
let latest = 0;
let isKilled = null;

export function wireRisk() {
  at('kill').addEventListener('click', () => isKilled ? send('release') : ask());
  at('confirm-kill-yes').addEventListener('click', () => send('kill'));
  at('preset-set').addEventListener('click', () => send('limits', 'PUT', { preset: at('preset').value }));
  at('limit-set').addEventListener('submit', event => {
    event.preventDefault();
    send('limits', 'PUT', { [at('limit-name').value]: at('limit-value').value });
  });
  at('limit-name').replaceChildren(...values.map(name => element('option', '', name)));
  at('preset').addEventListener('change', showMeaning);
}

// Not more than every two seconds: limits move with the bars, and a person reads them more slowly.
export async function refreshRisk(isForced = false) {
  const now = Date.now();
  if (!isForced && now - latest < 2000) return;
  latest = now;
  try {
    const [risk, history] = await Promise.all(['', '/history'].map(path => fetch(`/api/v1/risk${path}`)));
    if (risk.ok && history.ok) draw(await risk.json(), await history.json());
  } catch {
    // The line says that nobody answers.
  }
}

function ask() {
  if (window.bootstrap) window.bootstrap.Modal.getOrCreateInstance('#confirm-kill').show();
  else if (window.confirm('Sell everything at the market and buy nothing until the switch is released?')) send('kill');
}

async function send(path, method = 'POST', body = null) {
  let problem = '';
  let told = '';
  try {
    const answer = await fetch(`/api/v1/risk/${path}`, {
      method, ...(body && { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
    const result = await answer.json();
    if (!answer.ok) problem = result.detail ?? `The command failed (${answer.status}).`;
    else told = result.isChanged ? 'Done: it holds from the next decision on.' : 'It was so already; nothing has changed.';
  } catch {
    problem = 'The service did not answer; nobody knows whether the command holds.';
  }
  at('risk-told').textContent = told;
  at('risk-problem').textContent = problem;
  at('risk-problem').classList.toggle('d-none', problem === '');
  await refreshRisk(true);
}

async function showMeaning() {
  const answer = await fetch('/api/v1/risk/presets').catch(() => null);
  if (!answer?.ok) return;
  const chosen = (await answer.json()).find(known => known.preset === at('preset').value);
  at('preset-meaning').textContent = chosen?.meaning ?? '';
}

function draw(risk, history) {
  if (isKilled === null) at('preset').value = risk.limits.preset;
  isKilled = risk.isKilled;
  at('kill').textContent = isKilled ? 'Release' : 'Kill switch…';
  at('kill').className = isKilled ? 'btn btn-outline-success' : 'btn btn-danger';
  at('kill-does').textContent = isKilled
    ? 'The kill switch is pulled: whatever can be sold is sold at the market, and nothing is bought.'
    : 'Sells everything at the market and buys nothing until it is released.';
  at('risk-meaning').textContent = risk.meaning;
  show('limits', ...risk.watched.map(bar));
  show('locks', risk.locks.length === 0 ? empty('No lock holds.') : table([
    { name: 'Lock', keep: true, value: lock => element('span', '', lock.symbol ?? 'all symbols', element('small', '', lock.until ? `until ${time(lock.until)}` : 'until you lift it')) },
    { name: 'Why', wide: true, value: lock => lock.text },
    { name: '', value: lock => button('Lift', `Lift lock ${lock.id}`, () => send(`locks/${lock.id}/lift`)) },
  ], risk.locks, 'stack'));
  show('limit-history', history.length === 0 ? empty('Nobody has set a limit yet.') : table([
    { name: 'When', keep: true, value: change => element('span', '', time(change.at), element('small', '', change.by)) },
    { name: 'What', value: change => change.text },
  ], [...history].reverse()));
}

function bar(limit) {
  const isOff = limit.limit === 0;
  const text = value => counted.includes(limit.code) ? `${Math.round(value)}` : `${money(100 * Math.max(value, 0))} %`;
  const meter = element('progress', limit.isHit ? 'hit' : '');
  meter.max = 1;
  meter.value = isOff ? 0 : Math.min(Math.max(limit.value / limit.limit, 0), 1);
  meter.ariaLabel = limit.text;
  return element('div', `limit ${isOff ? 'off' : ''}`,
    element('span', '', names[limit.code] ?? limit.code),
    element('b', limit.isHit ? 'down' : '', isOff ? 'off' : `${text(limit.value)} of ${text(limit.limit)}`),
    meter,
    limit.isHit && liftable.includes(limit.code) ? button('Lift', `Lift the limit: ${names[limit.code]}`, () => send(`limits/${limit.code}/lift`)) : null);
}

function button(text, label, act) {
  const made = element('button', 'btn btn-sm btn-outline-warning', text);
  made.type = 'button';
  made.ariaLabel = label;
  made.addEventListener('click', act);
  return made;
}
