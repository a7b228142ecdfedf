using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace OrleansTrader.Cluster.Tests.Access;

/// <summary>Somebody who sends requests from an address of this machine (127.0.0.0/8 has many), with whatever headers they like.</summary>
/// <param name="url">The service, at an address of this machine.</param>
/// <param name="from">What the service takes for the sender.</param>
public sealed class Visitor(Uri url, string from) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient _client = new(
        new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            MaxConnectionsPerServer = 50,
            ConnectCallback = async (_, cancellation) => new NetworkStream(await ConnectAsync(url, from, cancellation), ownsSocket: true),
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = static (_, _, _, _) => true },
        })
    { BaseAddress = url, Timeout = TimeSpan.FromSeconds(60) };

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) => SendAsync("GET", path, null, headers);

    public Task<HttpResponseMessage> PostAsync(string path, string? body, params (string Name, string Value)[] headers) => SendAsync("POST", path, body, headers);

    /// <param name="body">JSON, unless a header says otherwise; null for none.</param>
    public async Task<HttpResponseMessage> SendAsync(string method, string path, string? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri(path, UriKind.Relative));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        foreach (var (name, value) in headers)
        {
            if (name.Equals("Host", StringComparison.Ordinal)) request.Headers.Host = value;
            else if (name.StartsWith("Content-", StringComparison.Ordinal)) SetContentHeader(request, name, value);
            else request.Headers.TryAddWithoutValidation(name, value);
        }

        return await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>Logs in; gives the cookie that came back, as a browser sends it, or null.</summary>
    public async Task<string?> LoginAsync(string password, params (string Name, string Value)[] headers)
    {
        using var answer = await PostAsync("/api/v1/login", JsonSerializer.Serialize(new { password }), headers);
        return answer.StatusCode == HttpStatusCode.NoContent && answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? cookies.Single().Split(';')[0] : null;
    }

    /// <summary>Sends exactly these characters and reads until the service closes the line, or says nothing more for as long as patience lasts.</summary>
    public async Task<string> RawAsync(string text, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        using var socket = await ConnectAsync(url, from, patience.Token);
        await using var stream = new NetworkStream(socket);
        var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(text), patience.Token);
            await stream.CopyToAsync(answer, patience.Token);
        }
        catch (IOException)
        {
            // The service has closed the line before it was told everything.
        }

        return Encoding.Latin1.GetString(answer.ToArray());
    }

    /// <summary>Opens a line and says nothing.</summary>
    public Task<Socket> ConnectAsync(CancellationToken cancellation) => ConnectAsync(url, from, cancellation);

    public void Dispose() => _client.Dispose();

    private static void SetContentHeader(HttpRequestMessage request, string name, string value)
    {
        request.Content ??= new StringContent("");
        request.Content.Headers.Remove(name);
        request.Content.Headers.TryAddWithoutValidation(name, value);
    }

    private static async Task<Socket> ConnectAsync(Uri url, string from, CancellationToken cancellation)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, url.Port), cancellation);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
