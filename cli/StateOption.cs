using System.CommandLine;
using OrleansTrader.Silo.Hosting;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Cli;

/// <summary>Where the state of the service is: the folder that is named, or that of the service's settings.</summary>
internal sealed class StateOption
{
    private readonly Option<string?> _folder = new("--state") { Description = "Folder of the service's state; otherwise State:Folder of trader.json or the environment, or state" };

    public void AddTo(Command command) => command.Add(_folder);

    /// <exception cref="SettingsException">The settings cannot be read.</exception>
    public StateLayout Read(ParseResult parsed) => new(parsed.GetValue(_folder) ?? OfSettings());

    private static string OfSettings()
    {
        using var configuration = ServiceConfiguration.Read();
        return StateSettings.Read(configuration).Folder;
    }
}
