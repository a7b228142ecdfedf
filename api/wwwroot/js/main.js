// Loads where things stand, then follows the stream of updates.
import { CandleChart, EquityChart, loadCharts } from './charts.js';
import { showRun, wireControls } from './controls.js';
import { element, percent, price, show, sign, time } from './format.js';
import { showDecisions, showFigures, showNotices, showOrders, showPositions, showTrades } from './tables.js';

const words = {
  replay: ['REPLAY', 'not the live market'],
  synthetic: ['INVENTED PRICES', 'nothing here is a real market'],
};
const kept = 200;
const staleAfterSeconds = 12;
const state = { symbol: null, decisions: [], trades: [], notices: [], start: 0 };
let candles = null;
let equity = null;
let stream = null;
let lastWord = Date.now();

const get = async path => {
  const answer = await fetch(`/api/v1/${path}`);
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.json();
};

function showStatus(status) {
  const [word, text] = words[status.source] ?? [status.source.toUpperCase(), ''];
  document.getElementById('banner').className = `banner ${status.source}`;
  document.getElementById('banner-word').textContent = `${word} · PAPER MONEY`;
  document.getElementById('banner-text').textContent = `${status.market}; ${text}`;
  document.getElementById('account').textContent = `${status.account} · strategy ${status.strategy.name}, ${status.strategy.state}`;
  document.getElementById('clock').textContent = `market time ${time(status.stepTime)} UTC`;
}

function showSymbols(symbols, positions) {
  const held = new Set(positions.map(position => position.symbol));
  show('symbols', document.createDocumentFragment());
  document.getElementById('symbols').append(...symbols.map(view => {
    const tab = element('button', `tab ${held.has(view.symbol) ? 'held' : ''}`, view.symbol,
      element('small', sign(view.dayChange ?? 0), `${price(view.lastClose)}  ${percent(view.dayChange)}`));
    tab.type = 'button';
    tab.role = 'tab';
    tab.ariaSelected = String(view.symbol === state.symbol);
    tab.addEventListener('click', () => choose(view.symbol));
    return tab;
  }));
  const chosen = symbols.find(view => view.symbol === state.symbol);
  if (chosen) document.getElementById('verdict').textContent = `Why ${chosen.symbol} is where it is: the strategy ${chosen.verdict}.`;
}

function showAccount(status, portfolio, symbols) {
  showStatus(status);
  showRun(status, portfolio.positions);
  showFigures(portfolio, portfolio.startCash);
  showPositions(portfolio.positions);
  showOrders(portfolio.orders);
  showSymbols(symbols, portfolio.positions);
  candles?.setLevels(portfolio.positions.find(position => position.symbol === state.symbol));
}

function take(update) {
  showAccount(update.status, update.portfolio, update.symbols);
  candles?.append(update.candles);
  const fills = update.fills.filter(fill => fill.symbol === state.symbol);
  if (fills.length) candles?.addFills(fills);
  equity?.append(update.equity);
  for (const [name, draw] of [['decisions', showDecisions], ['trades', showTrades], ['notices', showNotices]]) {
    if (update[name].length === 0) continue;
    state[name] = [...state[name], ...update[name]].slice(-kept);
    draw(state[name]);
  }
}

async function loadHistory() {
  const [portfolio, decisions, trades, notices] = await Promise.all([get('portfolio'), get(`decisions?limit=${kept}`), get(`trades?limit=${kept}`), get(`notices?limit=${kept}`)]);
  Object.assign(state, { decisions, trades, notices });
  showDecisions(decisions);
  showTrades(trades);
  showNotices(notices);
  equity?.reset(portfolio.curve);
}

async function choose(symbol) {
  state.symbol = symbol;
  stream?.close();
  const [view, fills, status, portfolio, positions, orders, symbols] = await Promise.all([
    get(`symbols/${symbol}/candles?limit=500`), get('fills?limit=1000'), get('status'), get('portfolio'), get('positions'), get('orders'), get('symbols')]);
  if (state.symbol !== symbol) return;
  candles?.reset(view.candles, fills.filter(fill => fill.symbol === symbol));
  showAccount(status, { ...portfolio, positions, orders }, symbols);
  follow(symbol);
}

function follow(symbol) {
  stream = new EventSource(`/api/v1/events?symbol=${encodeURIComponent(symbol)}`);
  stream.addEventListener('open', heard);
  stream.addEventListener('ping', heard);
  stream.addEventListener('update', event => { heard(); take(JSON.parse(event.data)); });
  // The browser connects again by itself; what was missed meanwhile is loaded afresh.
  stream.addEventListener('error', () => { stream.close(); setTimeout(restart, 2000); });
}

function heard() { lastWord = Date.now(); }

async function restart() {
  try {
    await loadHistory();
    await choose(state.symbol);
  } catch {
    setTimeout(restart, 2000);
  }
}

function watchLine() {
  const silent = Math.round((Date.now() - lastWord) / 1000);
  const line = document.getElementById('line');
  line.textContent = silent > staleAfterSeconds ? `no word for ${silent} s` : 'live';
  line.className = `badge ${silent > staleAfterSeconds ? 'text-bg-danger' : 'text-bg-success'}`;
}

function showProblem(text) {
  state.notices = [...state.notices, { time: new Date().toISOString(), level: 'alarm', text }];
  showNotices(state.notices);
}

async function begin() {
  wireControls(showProblem);
  setInterval(watchLine, 1000);
  const library = await loadCharts();
  if (library) {
    candles = new CandleChart(library, document.getElementById('chart'));
    equity = new EquityChart(library, document.getElementById('equity'));
  }
  const status = await get('status');
  state.symbol = status.symbols.includes('BTCUSDT') ? 'BTCUSDT' : status.symbols[0];
  await restart();
}

begin();
