// Loads where things stand, then follows the stream of updates.
import { liveName, showMoney, wireArming } from './arming.js';
import { CandleChart, EquityChart, loadCharts } from './charts.js';
import { forgetCommandProblem, showEntries, showOpen, showProblem, showRun, wireControls } from './controls.js';
import { DecisionList, wireOlder } from './decisions.js';
import { counted, money, price, time } from './format.js';
import { Line } from './line.js';
import { refreshPerformance, wirePerformance } from './performance.js';
import { refreshRisk, wireRisk } from './risk.js';
import { leadsToLogin, wireSession } from './session.js';
import { SymbolTabs, showVerdict } from './symbols.js';
import { showExternal, showFigures, showNotices, showOrders, showPositions, showTrades } from './tables.js';

const kept = 200;
const notBegun = 'waiting to be started';
const state = { symbol: null, isEarly: false, decisions: [], trades: [], notices: [], fills: [] };
const at = id => document.getElementById(id);
const line = new Line(at('line'), seconds => {
  document.body.classList.add('stale');
  showProblem(`The service has not answered for ${seconds} s: what is shown is as old, and what the account does now is not known.`);
});
const decisionList = new DecisionList(at('decisions'), at('decisions-waiting'), kept);
const tabs = new SymbolTabs(at('symbols'), choose);
let candles = null;
wireOlder(at('decisions-older'), at('decisions'), path => get(path));
let equity = null;
let stream = null;
let opened = null;
let loading = 0;

const pause = () => new Promise(resolve => setTimeout(resolve, 2000));

const get = async path => {
  const answer = await fetch(`/api/v1/${path}`);
  if (answer.ok) return answer.json();
  leadsToLogin(answer);
  if (answer.status === 503) showProblem((await answer.json()).detail);
  throw new Error(`${path}: ${answer.status}`);
};

// A strategy that leaves its positions without a stop says so wherever it is named.
const strategyName = ({ name, version, isUnprotected }) => `${name}${version ? ` (version ${version})` : ''}${isUnprotected ? ', unprotected by design' : ''}`;

function showStatus(status) {
  showMoney(status);
  at('account').textContent = `${status.account} · strategy ${strategyName(status.strategy)}, ${status.strategy.state}`;
  at('clock').textContent = status.stepTime ? `market time ${time(status.stepTime)} UTC` : 'no bar yet';
  showRun(status.run, status.runMeaning, status.strategy.state.startsWith('ended'), status.isKilled);
  showEntries(status.entryObstacles);
  line.status(status);
}

// While account and exchange are compared no step is taken; what they differ in for good is locked.
function exchangeWords({ isSettled, differences, silence, foreignOrders }) {
  const foreign = foreignOrders > 0
    ? `${counted(foreignOrders, 'order that rests at the exchange is', 'orders that rest at the exchange are')} none of this account's and ${foreignOrders === 1 ? 'is' : 'are'} left alone.` : '';
  const differ = differences ? `Account and exchange: ${differences}` : '';
  return [isSettled ? '' : 'Nothing is traded until account and exchange agree.', isSettled ? differ : differences, silence, foreign].filter(Boolean).join(' ');
}

// A store that is away, an exchange that says other than the account, a strategy whose file cannot be used, and symbols that it has failed on.
function showStrategyProblem(status, symbols, obstacle) {
  const halted = symbols.filter(({ problem }) => problem);
  const text = halted.length > 0 ? `${halted.map(({ symbol }) => symbol).join(', ')} ${halted.length > 1 ? 'are' : 'is'} halted: ${halted[0].problem}` : '';
  at('strategy-problem').textContent = [obstacle, exchangeWords(status.exchange), status.strategy.problem, text].filter(Boolean).join(' ');
  at('strategy-problem').hidden = at('strategy-problem').textContent === '';
}

// Nothing of what is shown may be taken for the account's state.
function showUnknown(status, problem) {
  showStatus(status);
  showFigures(null);
  showProblem(`The account cannot be told just now, and is being rebuilt from its journal: ${problem}`);
}

function showAccount(status, portfolio, symbols, valuation) {
  const { positions } = portfolio;
  const position = positions.find(held => held.symbol === state.symbol);
  const view = symbols.find(known => known.symbol === state.symbol);
  showStatus(status);
  showProblem('');
  showStrategyProblem(status, symbols, portfolio.obstacle);
  document.body.classList.remove('stale');
  showFigures(portfolio, valuation);
  refreshRisk();
  showPositions(positions, status);
  showExternal(portfolio.external);
  showOpen(positions);
  showOrders(portfolio.orders);
  tabs.update(symbols, positions, state.symbol);
  showVerdict(view, status, position, state.decisions);
  candles?.setLevels(position);
  at('chart').ariaLabel = `Candles of ${state.symbol}, last close ${price(view?.lastClose)}`;
  document.title = `${status.mode === 'live' ? `${liveName(status)} · ` : ''}${money(portfolio.figures.equity)} · ${status.run} · OrleansTrader`;
}

// What is new of a list that has a sequence: the stream may tell again what was loaded.
function add(name, items) {
  const last = state[name].at(-1)?.sequence ?? 0;
  const fresh = items.filter(item => item.sequence > last);
  if (fresh.length > 0) state[name] = [...state[name], ...fresh].slice(-kept);
  return fresh;
}

function take(update) {
  // Loaded before the service itself had taken its history.
  if (state.isEarly && update.status.strategy.state !== notBegun) return open(state.symbol, false);
  if (update.portfolio.problem) return showUnknown(update.status, update.portfolio.problem);
  equity?.show(update.equity);
  candles?.append(update.candles);
  const fills = add('fills', update.fills).filter(fill => fill.symbol === state.symbol);
  if (fills.length > 0) candles?.addFills(fills);
  if (add('decisions', update.decisions).length > 0) decisionList.update(state.decisions);
  if (add('trades', update.trades).length > 0) showTrades(state.trades);
  if (add('notices', update.notices).length > 0) showNotices(state.notices);
  showAccount(update.status, update.portfolio, update.symbols, update.valuation);
  refreshPerformance();
}

async function load(symbol, turn, keepView) {
  stream?.close();
  // First, so that nothing lies between what it knows and what the stream tells.
  const portfolio = await get('portfolio');
  const [status, positions, orders, symbols, view, fills, decisions, trades, notices] = await Promise.all([
    'status', 'positions', 'orders', 'symbols', `symbols/${symbol}/candles?limit=500`, `fills?symbol=${symbol}&limit=1000`,
    `decisions?limit=${kept}`, `trades?limit=${kept}`, `notices?limit=${kept}`].map(get));
  if (turn !== loading) return;
  forgetCommandProblem();
  const isEarly = view.candles.length === 0 || status.strategy.state === notBegun;
  Object.assign(state, { symbol, isEarly, fills, decisions, trades, notices });
  candles?.reset(view.candles, fills, keepView);
  equity?.show(portfolio.curve);
  decisionList.update(decisions);
  showTrades(trades);
  showNotices(notices);
  showAccount(status, { ...portfolio, positions, orders }, symbols, portfolio.valuation);
  refreshPerformance(true);
  follow(symbol, portfolio.sequence, turn);
}

function follow(symbol, sequence, turn) {
  const own = stream = new EventSource(`/api/v1/events?symbol=${encodeURIComponent(symbol)}&after=${sequence}`);
  own.addEventListener('open', () => line.heard());
  own.addEventListener('ping', () => line.heard());
  own.addEventListener('update', event => { line.heard(); take(JSON.parse(event.data)); });
  // What was missed is loaded afresh: the service may have been started again meanwhile.
  own.addEventListener('error', async () => {
    own.close();
    if (turn !== loading) return;
    line.lost();
    await pause();
    if (turn === loading) await open(symbol, true);
  });
}

// Loads a symbol and follows it, as often as it takes, until another one is opened.
async function open(symbol, keepView) {
  const turn = ++loading;
  opened = symbol;
  while (turn === loading) {
    try {
      return await load(symbol, turn, keepView);
    } catch {
      line.lost();
      await pause();
    }
  }
}

function choose(symbol) {
  if (symbol !== opened) open(symbol, false);
}

async function firstSymbol() {
  for (;;) {
    try {
      const { symbols } = await get('status');
      return symbols.includes('BTCUSDT') ? 'BTCUSDT' : symbols[0];
    } catch {
      line.lost();
      await pause();
    }
  }
}

wireSession();
wireControls();
wireArming();
wireRisk();
wirePerformance();
const library = await loadCharts();
if (library) {
  candles = new CandleChart(library, at('chart'));
  equity = new EquityChart(library, at('equity'));
}
await open(await firstSymbol(), false);
