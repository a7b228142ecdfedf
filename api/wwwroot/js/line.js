// Whether what is shown is fresh: the line to the service, and apart from it the market, since a line can stand while no bar comes.
const staleAfterSeconds = 12;
const units = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

export class Line {
  // whenLost: told each second how long nothing was heard.
  constructor(badge, whenLost) {
    this.badge = badge;
    this.whenLost = whenLost;
    this.word = this.bar = Date.now();
    this.isLost = false;
    this.step = '';
    setInterval(() => this.show(), 1000);
  }

  heard() {
    this.word = Date.now();
    this.isLost = false;
    this.show();
  }

  lost() {
    this.isLost = true;
    this.show();
  }

  status(status) {
    if (status.stepTime !== this.step) this.bar = Date.now();
    this.step = status.stepTime;
    this.hasEnded = status.strategy.state.startsWith('ended');
    // A recorded or invented market has a speed of its own; a live one brings a bar an interval.
    const between = status.source === 'replay' || status.source === 'synthetic'
      ? 1 / status.strategy.stepsPerSecond
      : parseInt(status.interval, 10) * units[status.interval.at(-1)];
    this.patience = Math.max(staleAfterSeconds, 3 * between);
  }

  show() {
    const silent = Math.round((Date.now() - this.word) / 1000);
    const barless = Math.round((Date.now() - this.bar) / 1000);
    const isSilent = this.isLost || silent > staleAfterSeconds;
    if (isSilent) this.say('text-bg-danger', `no data for ${silent} s`, 'The page asks the service again every two seconds.');
    else if (this.hasEnded) this.say('text-bg-secondary', 'market ended', 'The recorded market has no more bars.');
    else if (barless > this.patience) this.say('text-bg-warning', `no new bar for ${barless} s`, 'The service answers, but its market brings no bars.');
    else this.say('text-bg-success', 'connected', 'Follows the service; prices are as live as the banner says.');
    if (isSilent && silent >= 3) this.whenLost(silent);
  }

  say(tone, text, title) {
    Object.assign(this.badge, { className: `badge ${tone}`, textContent: text, title });
  }
}
