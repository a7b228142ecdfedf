using System.CommandLine;
using OrleansTrader.Cli;
using OrleansTrader.Cli.Exchange;

var root = new RootCommand("OrleansTrader on the command line")
{
    ReplayCommand.Create(),
    BacktestCommand.Create(),
    StrategiesCommand.Create(),
    IndicatorsCommand.Create(),
    RegimesCommand.Create(),
    SecretsCommand.Create(),
    AccessCommand.Create(),
    JournalCommand.Create(),
    DbCommand.Create(),
    DataCommand.Create(),
    DownloadCommand.Create(),
    ExchangeCommand.Create(),
};
return await CommandRunner.RunAsync(root, args);
