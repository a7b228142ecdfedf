namespace OrleansTrader.Core.Tests.Indicators;

/// <summary>The columns of indicators that the reference file holds, named here so that the contract knows them where the file is absent.</summary>
internal static class ReferenceColumns
{
    public static readonly string[] All =
    [
        "SMA_20", "EMA_20", "WMA_20", "DEMA_20", "TEMA_20", "KAMA_10", "RSI_14", "ROC_10", "MOM_10", "CCI_20", "WILLR_14", "ATR_14", "NATR_14",
        "TRANGE", "ADX_14", "PLUS_DI_14", "MINUS_DI_14", "MFI_14", "OBV", "AD", "ADOSC_3_10", "TRIX_15", "ULTOSC_7_14_28", "SAR_002_02",
        "STDDEV_20", "LINEARREG_SLOPE_14", "CMO_14", "PPO_12_26_EMA", "CORREL_HL_20", "MAX_20", "MIN_20", "BOP",
        "MACD_12_26_9", "MACD_SIGNAL", "MACD_HIST", "BB_UPPER_20_2", "BB_MIDDLE", "BB_LOWER", "STOCH_SLOWK_14_3_3", "STOCH_SLOWD",
        "STOCHRSI_FASTK_14_14_3", "STOCHRSI_FASTD", "AROON_DOWN_25", "AROON_UP_25",
    ];
}
