using System.Globalization;

namespace OrleansTrader.Adapters.Tests;

/// <summary>A folder of its own for one test, removed afterwards.</summary>
public sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("adapters-tests-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Write(string name, string text)
    {
        System.IO.File.WriteAllText(File(name), text);
        return File(name);
    }

    /// <summary>Hourly candles from 2024-01-01, open and close equal to the prices.</summary>
    public string WriteHours(string name, int firstHour, params double[] prices)
    {
        var start = new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        var rows = prices.Select((price, i) => string.Create(CultureInfo.InvariantCulture, $"{start + ((firstHour + i) * 3_600_000L)},{price},{price + 1},{price - 1},{price},10"));
        return Write(name, "open_time,open,high,low,close,volume\n" + string.Join('\n', rows) + "\n");
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
