using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace OrleansTrader.Cli;

/// <summary>Which hosts this process has asked by HTTP since it was made, and how they answered; by the figures that the runtime itself keeps.</summary>
internal sealed class AskedHosts : IDisposable
{
    private readonly ConcurrentDictionary<string, AskedHost> _hosts = new(StringComparer.OrdinalIgnoreCase);
    private readonly MeterListener _listener = new();

    public AskedHosts()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument is { Name: "http.client.request.duration", Meter.Name: "System.Net.Http" }) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<double>((_, _, tags, _) => Take(tags));
        _listener.Start();
    }

    /// <summary>By name.</summary>
    public IEnumerable<AskedHost> All => _hosts.Values.OrderBy(host => host.Name, StringComparer.Ordinal);

    public void Dispose() => _listener.Dispose();

    private void Take(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var (host, scheme, error) = ("", "https", "");
        var (port, hasAnswered) = (-1, false);
        foreach (var (name, value) in tags)
        {
            switch (name)
            {
                case "server.address": host = value as string ?? ""; break;
                case "server.port": port = value as int? ?? -1; break;
                case "url.scheme": scheme = value as string ?? "https"; break;
                case "http.response.status_code": hasAnswered = true; break;
                case "error.type": error = value as string ?? ""; break;
            }
        }

        var known = new UriBuilder(scheme, host, port).Uri.Authority;
        _hosts.AddOrUpdate(known, _ => With(new AskedHost(known, 0, 0, Failure: null)), (_, before) => With(before));

        AskedHost With(AskedHost before) => hasAnswered
            ? before with { Requests = before.Requests + 1, Answered = before.Answered + 1 }
            : before with { Requests = before.Requests + 1, Failure = WordsOf(error) };
    }

    private static string WordsOf(string error) => error switch
    {
        "name_resolution_error" => "its name is not known",
        "connection_error" => "no connection came about",
        "secure_connection_error" => "no secure connection came about",
        "proxy_tunnel_error" => "the proxy did not let it through",
        _ => "no answer came in time, or it broke off",
    };
}
