using System.Globalization;
using System.Text;
using OrleansTrader.Core.Market;
using OrleansTrader.Core.Regimes;

namespace OrleansTrader.Cli.Pictures;

/// <summary>The closes of a market on a logarithmic scale, over bands in the colours of its regimes, as SVG.</summary>
internal sealed class RegimePicture
{
    private const double Width = 1200;
    private const double Height = 420;
    private const double Top = 44;
    private const double Bottom = 396;
    private const double Left = 64;
    private const double Right = 1190;

    // Told apart also by those who do not tell red from green.
    private static readonly (MarketRegime Regime, string Colour)[] Colours =
    [
        (MarketRegime.TrendingUp, "#9fd8b4"), (MarketRegime.TrendingDown, "#f2a58e"), (MarketRegime.Ranging, "#e4e4e4"),
        (MarketRegime.Volatile, "#b99be0"), (MarketRegime.Quiet, "#a9cdf0"), (MarketRegime.Unknown, "#ffffff"),
    ];

    private readonly Candle[] _candles;
    private readonly MarketRegime[] _regimes;
    private readonly double _lowest;
    private readonly double _highest;

    private RegimePicture(Candle[] candles, MarketRegime[] regimes)
    {
        (_candles, _regimes) = (candles, regimes);
        (_lowest, _highest) = (Math.Log(candles.Min(candle => candle.Close)), Math.Log(candles.Max(candle => candle.Close)));
    }

    public int Bars => _candles.Length;

    /// <summary>How often the regime changes, and one more.</summary>
    public int Stretches => 1 + Enumerable.Range(1, Bars - 1).Count(i => _regimes[i] != _regimes[i - 1]);

    public static RegimePicture Of(Candle[] candles, CancellationToken cancellation)
    {
        var detector = new RegimeDetector();
        if (candles.Length <= detector.WarmUp)
            throw new Columns.OutputException($"There are too few bars for a picture: {candles.Length}, and the first regime is told after {detector.WarmUp}.");
        var regimes = new MarketRegime[candles.Length];
        for (var i = 0; i < candles.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            detector.Update(in candles[i]);
            regimes[i] = detector.Regime;
        }

        return new RegimePicture(candles, regimes);
    }

    public void Write(Stream stream)
    {
        using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        Line($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" font-family=\"sans-serif\" font-size=\"13\">");
        Line($"<rect width=\"{Width}\" height=\"{Height}\" fill=\"#ffffff\"/>");
        for (int start = 0, end; start < Bars; start = end)
        {
            for (end = start + 1; end < Bars && _regimes[end] == _regimes[start];) end++;
            if (_regimes[start] != MarketRegime.Unknown)
                Line($"<rect x=\"{X(start):0.#}\" y=\"{Top}\" width=\"{X(end) - X(start):0.#}\" height=\"{Bottom - Top}\" fill=\"{ColourOf(_regimes[start])}\"/>");
        }

        foreach (var price in Prices()) Line($"<text x=\"{Left - 6}\" y=\"{Y(price) + 4:0.#}\" text-anchor=\"end\">{price:0.########}</text>");
        foreach (var year in Years()) Line($"<text x=\"{X(year.Bar):0.#}\" y=\"{Bottom + 16}\" text-anchor=\"middle\">{year.Text}</text>");
        Line($"<polyline fill=\"none\" stroke=\"#222222\" stroke-width=\"1.1\" points=\"{string.Join(' ', Enumerable.Range(0, Bars).Select(Point))}\"/>");
        var told = _regimes.Count(regime => regime != MarketRegime.Unknown);
        foreach (var (index, (regime, colour)) in Colours[..5].Index())
        {
            var x = Left + (index * 200);
            Line($"<rect x=\"{x}\" y=\"14\" width=\"16\" height=\"16\" fill=\"{colour}\"/>");
            Line($"<text x=\"{x + 22}\" y=\"27\">{regime.Describe()} {100.0 * _regimes.Count(other => other == regime) / Math.Max(1, told):0} %</text>");
        }

        Line($"</svg>");

        void Line(FormattableString text) => writer.WriteLine(text.ToString(CultureInfo.InvariantCulture));
    }

    private static string ColourOf(MarketRegime regime) => Array.Find(Colours, pair => pair.Regime == regime).Colour;

    private double X(int bar) => Left + ((Right - Left) * bar / Bars);

    private double Y(double price) => Bottom - 8 - ((Bottom - Top - 16) * (Math.Log(price) - _lowest) / Math.Max(_highest - _lowest, 1e-9));

    private string Point(int bar) => string.Create(CultureInfo.InvariantCulture, $"{X(bar):0.#},{Y(_candles[bar].Close):0.#}");

    // 1, 2 and 5 of each power of ten.
    private IEnumerable<double> Prices()
    {
        for (var power = Math.Floor(_lowest / Math.Log(10)); power <= _highest / Math.Log(10); power++)
        {
            foreach (var step in (double[])[1, 2, 5])
            {
                var price = step * Math.Pow(10, power);
                if (Math.Log(price) >= _lowest && Math.Log(price) <= _highest) yield return price;
            }
        }
    }

    private IEnumerable<(int Bar, string Text)> Years()
    {
        for (var bar = 1; bar < Bars; bar++)
        {
            if (_candles[bar].OpenTime.Year != _candles[bar - 1].OpenTime.Year)
                yield return (bar, _candles[bar].OpenTime.Year.ToString(CultureInfo.InvariantCulture));
        }
    }
}
