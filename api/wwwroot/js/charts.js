// The candle chart of one symbol with its markers and levels, and the equity curve.
import { endOf } from './format.js';

const colours = { up: '#2fbf8f', down: '#f0647a', warn: '#e8b64c', info: '#5aa9e6', text: '#8595ad', grid: '#17222f' };
const markers = {
  none: { text: 'buy', position: 'belowBar', shape: 'arrowUp', color: colours.up },
  signal: { color: colours.info },
  stop: { color: colours.down },
  target: { color: colours.warn },
  partial: { color: colours.warn },
  protectionLost: { color: colours.down },
  limit: { color: colours.down },
  killSwitch: { color: colours.down },
};
// What left a position in any other way is named, in the colour of a signal.
export const markerOf = exit => ({ text: endOf(exit), position: 'aboveBar', shape: 'arrowDown', color: colours.info, ...markers[exit] });
const seconds = text => Math.floor(Date.parse(text) / 1000);

export async function loadCharts() {
  try {
    return await import('../lib/lightweight-charts.standalone.production.mjs');
  } catch {
    document.getElementById('library-missing').classList.remove('d-none');
    return null;
  }
}

const look = {
  autoSize: true,
  layout: { background: { color: 'transparent' }, textColor: colours.text },
  grid: { vertLines: { color: colours.grid }, horzLines: { color: colours.grid } },
  timeScale: { timeVisible: true, secondsVisible: false, borderColor: colours.grid, rightOffset: 4 },
  rightPriceScale: { borderColor: colours.grid },
};

export class CandleChart {
  constructor(library, container) {
    this.chart = library.createChart(container, look);
    this.series = this.chart.addSeries(library.CandlestickSeries, {
      upColor: colours.up, downColor: colours.down, wickUpColor: colours.up, wickDownColor: colours.down, borderVisible: false,
    });
    this.markers = library.createSeriesMarkers(this.series, []);
    this.dashed = library.LineStyle.Dashed;
    this.lines = [];
    this.levels = '';
  }

  // keepView: leaves the eye where it is, for candles of the same symbol.
  reset(candles, fills, keepView) {
    const last = candles.at(-1)?.close ?? 1;
    const precision = last >= 1000 ? 2 : last >= 1 ? 4 : 6;
    // Counted from the latest bar: how many come before it may be another number now.
    const grown = candles.length - (this.times?.length ?? 0);
    const shown = keepView && candles.length ? this.chart.timeScale().getVisibleLogicalRange() : null;
    const view = shown && { from: shown.from + grown, to: shown.to + grown };
    this.series.applyOptions({ priceFormat: { type: 'price', precision, minMove: 10 ** -precision } });
    this.series.setData(candles.map(bar));
    this.times = candles.map(candle => seconds(candle.openTime));
    this.markersByPlace = new Map();
    this.addFills(fills);
    const count = candles.length;
    this.chart.timeScale().setVisibleLogicalRange(view ?? { from: count - Math.max(60, Math.min(120, count)), to: count + 4 });
  }

  append(candles) {
    for (const candle of candles) {
      const at = seconds(candle.openTime);
      if (this.times.length && at < this.times.at(-1)) continue;
      if (at !== this.times.at(-1)) this.times.push(at);
      this.series.update(bar(candle));
    }
  }

  // An order that traded in pieces within a bar is one marker.
  addFills(fills) {
    const first = this.times[0] ?? Infinity;
    for (const fill of fills) {
      const time = this.barOf(seconds(fill.time));
      if (time >= first) this.markersByPlace.set(`${time} ${fill.exit}`, { ...markerOf(fill.exit), time });
    }
    this.markers.setMarkers([...this.markersByPlace.values()].sort((a, b) => a.time - b.time));
  }

  // The bar in which something happened: the last that opened by then.
  barOf(at) {
    let found = -1;
    for (let low = 0, high = this.times.length - 1; low <= high;) {
      const middle = (low + high) >> 1;
      if (this.times[middle] <= at) { found = this.times[middle]; low = middle + 1; } else high = middle - 1;
    }
    return found;
  }

  setLevels(position) {
    const levels = position?.stop > 0 ? `${position.stop}/${position.target}/${position.entryPrice}` : '';
    if (levels === this.levels) return;
    this.levels = levels;
    for (const line of this.lines) this.series.removePriceLine(line);
    this.lines = !levels ? [] : [
      [position.target, colours.warn, 'target'], [position.entryPrice, colours.info, 'entry'], [position.stop, colours.down, 'stop'],
    ].filter(([price]) => price > 0).map(([price, color, title]) => this.series.createPriceLine({ price, color, title, lineWidth: 1, lineStyle: this.dashed, axisLabelVisible: true }));
  }
}

const bar = candle => ({ time: seconds(candle.openTime), open: candle.open, high: candle.high, low: candle.low, close: candle.close });

export class EquityChart {
  constructor(library, container) {
    this.chart = library.createChart(container, { ...look, layout: { ...look.layout, attributionLogo: false }, handleScroll: false, handleScale: false });
    this.series = this.chart.addSeries(library.AreaSeries, {
      lineColor: colours.info, topColor: 'rgba(90,169,230,.35)', bottomColor: 'rgba(90,169,230,.02)', lineWidth: 2, priceLineVisible: false,
    });
  }

  // The whole course each time: its points are spaced evenly, and become fewer as it grows.
  show(points) {
    this.series.setData(points.map(point => ({ time: seconds(point.time), value: point.equity })));
    this.chart.timeScale().fitContent();
  }
}
