using System.Reflection;
using System.Runtime.InteropServices;
using OrleansTrader.Core.Market;

namespace OrleansTrader.Bench;

/// <summary>TA-Lib's C functions, as <c>bench/peers/talib</c> builds them; over whole arrays, into whole arrays.</summary>
internal sealed class TaLib
{
    private const string Library = "talib-peer";
    private readonly double[] _high;
    private readonly double[] _low;
    private readonly double[] _close;
    private readonly double[] _first;
    private readonly double[] _second;
    private readonly double[] _third;
    private readonly int _last;

    static TaLib()
    {
        NativeLibrary.SetDllImportResolver(Assembly.GetExecutingAssembly(), (name, _, _) => string.Equals(name, Library, StringComparison.Ordinal) ? NativeLibrary.Load(Path) : 0);
        if (IsBuilt) TA_Initialize();
    }

    public TaLib(Candle[] bars)
    {
        (_high, _low, _close, _last) = ([.. bars.Select(bar => bar.High)], [.. bars.Select(bar => bar.Low)], [.. bars.Select(bar => bar.Close)], bars.Length - 1);
        (_first, _second, _third) = (new double[bars.Length], new double[bars.Length], new double[bars.Length]);
    }

    /// <summary>Beside the sources, wherever the program was built to.</summary>
    public static string Path { get; } = System.IO.Path.Combine(Sources(), "peers", "artifacts", "libtalib.so");

    public static bool IsBuilt => File.Exists(Path);

    public int Rsi(int period) => Count(TA_RSI(0, _last, _close, period, out _, out var count, _first), count);

    public int Ema(int period) => Count(TA_EMA(0, _last, _close, period, out _, out var count, _first), count);

    public int Macd(int fast, int slow, int signal) => Count(TA_MACD(0, _last, _close, fast, slow, signal, out _, out var count, _first, _second, _third), count);

    public int Bollinger(int period, double factor) => Count(TA_BBANDS(0, _last, _close, period, factor, factor, 0, out _, out var count, _second, _first, _third), count);

    public int Adx(int period) => Count(TA_ADX(0, _last, _high, _low, _close, period, out _, out var count, _first), count);

    public int Atr(int period) => Count(TA_ATR(0, _last, _high, _low, _close, period, out _, out var count, _first), count);

    private static int Count(int code, int count) => code == 0 ? count : throw new InvalidOperationException($"TA-Lib answers {code}.");

    private static string Sources()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "OrleansTrader.Bench.csproj"))) folder = folder.Parent;
        return folder?.FullName ?? AppContext.BaseDirectory;
    }

    [DllImport(Library)]
    private static extern int TA_Initialize();

    [DllImport(Library)]
    private static extern int TA_RSI(int start, int end, double[] values, int period, out int begin, out int count, [Out] double[] result);

    [DllImport(Library)]
    private static extern int TA_EMA(int start, int end, double[] values, int period, out int begin, out int count, [Out] double[] result);

    [DllImport(Library)]
    private static extern int TA_MACD(int start, int end, double[] values, int fast, int slow, int signal, out int begin, out int count, [Out] double[] line, [Out] double[] signals, [Out] double[] histogram);

    [DllImport(Library)]
    private static extern int TA_BBANDS(int start, int end, double[] values, int period, double up, double down, int kind, out int begin, out int count, [Out] double[] upper, [Out] double[] middle, [Out] double[] lower);

    [DllImport(Library)]
    private static extern int TA_ADX(int start, int end, double[] high, double[] low, double[] close, int period, out int begin, out int count, [Out] double[] result);

    [DllImport(Library)]
    private static extern int TA_ATR(int start, int end, double[] high, double[] low, double[] close, int period, out int begin, out int count, [Out] double[] result);
}
