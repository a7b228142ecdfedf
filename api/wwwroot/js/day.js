// The equity with which the market's day began (00:00 UTC), as near as the curve knows it.
export class DayStart {
  reset(points, now) {
    this.points = points;
    this.settle(now);
  }

  take(points, now) {
    const last = this.points.at(-1)?.time ?? '';
    this.points = [...this.points, ...points.filter(point => point.time > last)];
    this.settle(now);
  }

  settle(now) {
    const midnight = `${now.slice(0, 10)}T00:00:00Z`;
    const begin = this.points.findLastIndex(point => point.time <= midnight);
    this.points = this.points.slice(Math.max(0, begin));
    this.reference = this.points[0];
  }
}
