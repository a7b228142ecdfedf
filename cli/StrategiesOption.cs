using System.CommandLine;
using OrleansTrader.Silo.Settings;

namespace OrleansTrader.Cli;

/// <summary>The option that names the folder of the owner's strategies.</summary>
internal static class StrategiesOption
{
    public static Option<string> Create() => new("--strategies") { Description = "Folder of your own strategies, a .cs file each", DefaultValueFactory = _ => new AccountSettings().StrategyFolder };
}
