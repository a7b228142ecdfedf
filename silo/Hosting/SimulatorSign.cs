using System.Text.Json;

namespace OrleansTrader.Silo.Hosting;

/// <summary>By what the exchange to rehearse at is told from Binance: it shows what really happened in it, which no exchange with real money does.</summary>
internal static class SimulatorSign
{
    private const string State = "/sim/state";

    /// <summary>Asks once, and briefly, by the time of this machine.</summary>
    /// <returns>False also where there is no answer.</returns>
    public static async Task<bool> IsShownAsync(HttpClient http, Uri exchange)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5), TimeProvider.System);
        try
        {
            using var answer = await http.GetAsync(new Uri(exchange, State), patience.Token);
            if (answer.StatusCode != System.Net.HttpStatusCode.OK) return false;
            using var state = JsonDocument.Parse(await answer.Content.ReadAsByteArrayAsync(patience.Token));
            return state.RootElement is { ValueKind: JsonValueKind.Object } shown && shown.TryGetProperty("limitExcesses", out _) && shown.TryGetProperty("orderRequests", out _);
        }
        catch (Exception failed) when (failed is HttpRequestException or IOException or OperationCanceledException or JsonException)
        {
            return false;
        }
    }
}
