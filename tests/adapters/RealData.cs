namespace OrleansTrader.Adapters.Tests;

/// <summary>The recorded market data beside the checkout, where there is some.</summary>
public static class RealData
{
    public static string Klines()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var klines = Path.Combine(folder.FullName, "shared", "data", "klines");
            if (Directory.Exists(klines)) return klines;
        }

        Assert.Skip("There is no folder shared/data/klines beside the checkout.");
        return "";
    }
}
