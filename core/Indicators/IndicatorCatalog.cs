using System.Collections.Immutable;
using OrleansTrader.Core.Indicators.Momentum;
using OrleansTrader.Core.Indicators.Statistics;
using OrleansTrader.Core.Indicators.Trend;
using OrleansTrader.Core.Indicators.Volatility;
using OrleansTrader.Core.Indicators.Volume;

namespace OrleansTrader.Core.Indicators;

/// <summary>Every indicator of the library, each once with its usual parameters.</summary>
public static class IndicatorCatalog
{
    public static ImmutableArray<IndicatorEntry> Entries { get; } =
    [
        One("SMA_20", _ => new Sma(20)),
        One("EMA_20", _ => new Ema(20)),
        One("WMA_20", _ => new Wma(20)),
        One("DEMA_20", _ => new Dema(20)),
        One("TEMA_20", _ => new Tema(20)),
        One("KAMA_10", zero => new Kama(10, zero)),
        One("RSI_14", zero => new Rsi(14, zero)),
        One("ROC_10", _ => new Roc(10)),
        One("MOM_10", _ => new Mom(10)),
        One("CCI_20", _ => new Cci(20)),
        One("WILLR_14", _ => new WilliamsR(14)),
        One("ATR_14", _ => new Atr(14)),
        One("NATR_14", zero => new Natr(14, zero)),
        One("TRANGE", _ => new TrueRange()),
        Many(zero => new Adx(14, zero), ("ADX_14", nameof(Adx.Index)), ("PLUS_DI_14", nameof(Adx.PlusDi)), ("MINUS_DI_14", nameof(Adx.MinusDi))),
        One("MFI_14", zero => new Mfi(14, zero)),
        One("OBV", _ => new Obv()),
        One("AD", _ => new AccumulationDistribution()),
        One("ADOSC_3_10", zero => new ChaikinOscillator(3, 10, zero)),
        One("TRIX_15", _ => new Trix(15)),
        One("ULTOSC_7_14_28", zero => new UltimateOscillator(7, 14, 28, zero)),
        One("SAR_002_02", _ => new ParabolicSar(0.02, 0.2)),
        One("STDDEV_20", zero => new StandardDeviation(20, zero)),
        One("LINEARREG_SLOPE_14", _ => new LinearRegressionSlope(14)),
        One("CMO_14", zero => new Cmo(14, zero)),
        One("PPO_12_26_EMA", zero => new Ppo(12, 26, zero)),
        One("CORREL_HL_20", zero => new Correlation(20, PriceField.High, PriceField.Low, zero)),
        One("MAX_20", _ => new RollingMax(20)),
        One("MIN_20", _ => new RollingMin(20)),
        One("BOP", zero => new Bop(zero)),
        Many(_ => new Macd(12, 26, 9), ("MACD_12_26_9", nameof(Macd.Line)), ("MACD_SIGNAL", nameof(Macd.Signal)), ("MACD_HIST", nameof(Macd.Histogram))),
        Many(
            zero => new Bollinger(20, 2, zero),
            ("BB_UPPER_20_2", nameof(Bollinger.Upper)),
            ("BB_MIDDLE", nameof(Bollinger.Middle)),
            ("BB_LOWER", nameof(Bollinger.Lower)),
            ("BB_PERCENT_B", nameof(Bollinger.PercentB)),
            ("BB_WIDTH", nameof(Bollinger.Width))),
        Many(_ => new Stochastic(14, 3, 3), ("STOCH_SLOWK_14_3_3", nameof(Stochastic.K)), ("STOCH_SLOWD", nameof(Stochastic.D))),
        Many(zero => new StochasticRsi(14, 14, 3, zero), ("STOCHRSI_FASTK_14_14_3", nameof(StochasticRsi.K)), ("STOCHRSI_FASTD", nameof(StochasticRsi.D))),
        Many(_ => new Aroon(25), ("AROON_DOWN_25", nameof(Aroon.Down)), ("AROON_UP_25", nameof(Aroon.Up))),
        One("HMA_20", _ => new Hma(20)),
        One("VWMA_20", _ => new Vwma(20)),
        Many(_ => new SuperTrend(10, 3), ("SUPERTREND_10_3", nameof(SuperTrend.Stop)), ("SUPERTREND_DIRECTION", nameof(SuperTrend.Direction))),
        Many(
            _ => new Ichimoku(9, 26, 52),
            ("ICHIMOKU_CONVERSION_9_26_52", nameof(Ichimoku.Conversion)),
            ("ICHIMOKU_BASE", nameof(Ichimoku.Base)),
            ("ICHIMOKU_SPAN_A", nameof(Ichimoku.SpanA)),
            ("ICHIMOKU_SPAN_B", nameof(Ichimoku.SpanB))),
        Many(_ => new Donchian(20), ("DONCHIAN_UPPER_20", nameof(Donchian.Upper)), ("DONCHIAN_MIDDLE", nameof(Donchian.Middle)), ("DONCHIAN_LOWER", nameof(Donchian.Lower))),
        Many(_ => new Vortex(14), ("VORTEX_PLUS_14", nameof(Vortex.Plus)), ("VORTEX_MINUS", nameof(Vortex.Minus))),
        One("AO_5_34", _ => new AwesomeOscillator(5, 34)),
        Many(_ => new FisherTransform(10), ("FISHER_10", nameof(FisherTransform.Fisher)), ("FISHER_TRIGGER", nameof(FisherTransform.Trigger))),
        Many(_ => new Keltner(20, 10, 2), ("KELTNER_UPPER_20_10_2", nameof(Keltner.Upper)), ("KELTNER_MIDDLE", nameof(Keltner.Middle)), ("KELTNER_LOWER", nameof(Keltner.Lower))),
        One("CHOP_14", _ => new Choppiness(14)),
        One("RV_CLOSE_20", _ => new CloseToCloseVolatility(20)),
        One("RV_PARKINSON_20", _ => new ParkinsonVolatility(20)),
        One("RV_GARMAN_KLASS_20", _ => new GarmanKlassVolatility(20)),
        One("RV_YANG_ZHANG_20", _ => new YangZhangVolatility(20)),
        One("CMF_20", _ => new Cmf(20)),
        One("VWAP_SESSION", _ => new SessionVwap()),
        One("VWAP_ANCHORED", _ => new AnchoredVwap()),
        One("FORCE_13", _ => new ForceIndex(13)),
        One("ZSCORE_20", _ => new ZScore(20)),
        One("AUTOCORREL_20_1", _ => new Autocorrelation(20, 1)),
    ];

    private static IndicatorEntry One(string column, Func<ZeroRule, Indicator> create) => new([new IndicatorColumn(column, nameof(Indicator.Value))], create);

    private static IndicatorEntry Many(Func<ZeroRule, Indicator> create, params ReadOnlySpan<(string Column, string Output)> columns)
    {
        var named = ImmutableArray.CreateBuilder<IndicatorColumn>(columns.Length);
        foreach (var (column, output) in columns) named.Add(new IndicatorColumn(column, output));
        return new(named.MoveToImmutable(), create);
    }
}
