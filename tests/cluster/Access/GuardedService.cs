using System.Globalization;
using OrleansTrader.Cluster.Tests.Service;
using OrleansTrader.Silo.Access;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Access;

/// <summary>A running service that has a password and two tokens, shared by the attempts on it.</summary>
public class GuardedService : IAsyncLifetime
{
    public const string Password = "correct horse battery";

    private const string ThisMachine = "127.0.0.1";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");
    private readonly List<Visitor> _visitors = [];
    private ServiceProcess? _process;

    public string Folder => _folder.FullName;

    public string StateFolder => Path.Combine(Folder, "state");

    public CredentialStore Store => new(Path.Combine(StateFolder, "access.json"), TimeProvider.System);

    /// <summary>As a header has it.</summary>
    public string ReadToken { get; private set; } = "";

    public string TradeToken { get; private set; } = "";

    /// <summary>Of an owner who has logged in, as a browser sends it.</summary>
    public string Cookie { get; private set; } = "";

    /// <summary>The service at an address of this machine.</summary>
    public Uri Url { get; private set; } = null!;

    /// <summary>Whoever sits at this machine.</summary>
    public Visitor Here { get; private set; } = null!;

    /// <summary>What is set beside the market.</summary>
    protected virtual string[] Settings => [];

    public virtual async ValueTask InitializeAsync()
    {
        await Store.SetPasswordAsync(Password);
        ReadToken = $"Bearer {await Store.CreateTokenAsync("reader", AccessScope.Read)}";
        TradeToken = $"Bearer {await Store.CreateTokenAsync("trader", AccessScope.Trade)}";
        _process = await ServiceProcess.StartAsync(Folder, ["--Market:Source=synthetic", "--Market:Speed=20", .. Settings]);
        var listening = new Uri(_process.Url.Split(' ')[0]);
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"{listening.Scheme}://{ThisMachine}:{listening.Port}"));
        Here = From(ThisMachine);
        Cookie = (await Here.LoginAsync(Password))!;
    }

    /// <summary>Somebody else, as the service sees it.</summary>
    public Visitor From(string address)
    {
        var visitor = new Visitor(Url, address);
        _visitors.Add(visitor);
        return visitor;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var visitor in _visitors) visitor.Dispose();
        if (_process is not null) await _process.DisposeAsync();
        _folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }
}
