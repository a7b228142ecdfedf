// The tabs of the symbols, and what the strategy says of the one that is chosen.
import { shortOf } from './decisions.js';
import { counted, element, empty, percent, price, show, sign, time, vote } from './format.js';

// Tabs are made once and then only rewritten, so that a click or the focus is never lost to an update.
export class SymbolTabs {
  constructor(container, onChoose) {
    this.container = container;
    this.onChoose = onChoose;
    this.tabs = new Map();
    container.addEventListener('keydown', event => this.move(event));
  }

  update(symbols, positions, chosen) {
    const held = new Set(positions.filter(position => position.state !== 'dust').map(position => position.symbol));
    for (const view of symbols) {
      const { tab, mark, figures } = this.tabs.get(view.symbol) ?? this.make(view.symbol);
      mark.textContent = held.has(view.symbol) ? '●' : '';
      mark.title = held.has(view.symbol) ? 'held' : '';
      figures.textContent = `${price(view.lastClose)}  ${percent(view.dayChange)}`;
      figures.className = sign(view.dayChange ?? 0);
      figures.title = 'Latest close, and its change over 24 hours';
      this.mark(tab, view.symbol === chosen);
    }
  }

  make(symbol) {
    const parts = { tab: element('button', 'tab'), mark: element('span', 'held'), figures: element('small') };
    parts.tab.append(symbol, parts.mark, parts.figures);
    parts.tab.type = 'button';
    parts.tab.role = 'tab';
    parts.tab.setAttribute('aria-controls', 'symbol-panel');
    parts.tab.addEventListener('click', () => this.onChoose(symbol));
    this.tabs.set(symbol, parts);
    this.container.append(parts.tab);
    return parts;
  }

  mark(tab, isChosen) {
    if (isChosen && tab.ariaSelected !== 'true') this.container.scrollTo({ left: tab.offsetLeft - this.container.offsetLeft - 40 });
    tab.ariaSelected = String(isChosen);
    tab.tabIndex = isChosen ? 0 : -1;
  }

  move(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const all = [...this.tabs.values()].map(parts => parts.tab);
    const next = all[(all.indexOf(document.activeElement) + step + all.length) % all.length];
    next.focus();
    next.click();
    event.preventDefault();
  }
}

// Why something happens with a symbol, or why nothing does: the account first, then the strategy, then what it decided last.
export function showVerdict(view, status, position, decisions) {
  if (!view) return show('verdict', empty('No bar yet.'));
  const lines = [];
  if (status.run !== 'running') lines.push(element('p', 'down', `The account is ${status.run}: nothing new is bought, whatever the strategy says.`));
  if (status.strategy.state !== 'stepping') lines.push(element('p', 'dim', `Strategy ${status.strategy.name}: ${status.strategy.state}.`));
  if (view.bars < view.warmUp) {
    const bar = element('progress');
    bar.max = view.warmUp;
    bar.value = view.bars;
    bar.ariaLabel = 'Warm-up';
    lines.push(element('p', '', `${view.symbol}: warming up, ${view.bars} of the ${counted(view.warmUp, 'bar')} that the strategy needs before it can speak.`), bar);
  } else {
    const [regime, verdict, reasons] = split(view.verdict);
    lines.push(element('p', '', element('strong', '', `${view.symbol}: `), position ? `${position.state} position; ` : 'no position; ', regime ? `the market is ${regime}; ` : '', `the strategy ${verdict}`, reasons.length ? ', because' : '.'));
    lines.push(element('div', 'votes', ...reasons.map(vote)));
  }
  const last = decisions.findLast(decision => decision.symbol === view.symbol);
  if (last) lines.push(element('p', 'dim mt-1', `Last decision: ${time(last.time)} ${shortOf(last)}`));
  show('verdict', ...lines);
}

// "ranging, waits: one reason; another" into its three parts; the market's kind comes once it is known.
function split(text) {
  const [, regime, verdict, reasons] = /^(?:([^,:]+), )?([^:]+)(?:: (.*))?$/.exec(text);
  return [regime, verdict, reasons ? reasons.split('; ') : []];
}
