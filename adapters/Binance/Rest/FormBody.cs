using System.Net;
using System.Net.Http.Headers;

namespace OrleansTrader.Adapters.Binance.Rest;

/// <summary>
/// The parameters of a request as its body. It leaves once: the HTTP client of .NET sends a request anew by itself when the
/// server closes a used connection without an answer, and an order must not be sent twice.
/// </summary>
internal sealed class FormBody : HttpContent
{
    private readonly ReadOnlyMemory<byte> _text;

    public FormBody(ReadOnlyMemory<byte> text)
    {
        _text = text;
        Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
    }

    /// <summary>False as long as nothing of the request can have left this machine.</summary>
    public bool HasLeft { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        if (HasLeft) throw new HttpRequestException("The request was sent already and is not sent again.");
        HasLeft = true;
        return stream.WriteAsync(_text, cancellationToken).AsTask();
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _text.Length;
        return true;
    }
}
