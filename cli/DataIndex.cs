using System.CommandLine;
using OrleansTrader.Adapters.Feeds;
using OrleansTrader.Adapters.Postgres;
using OrleansTrader.Adapters.Storage;
using OrleansTrader.Core.Ports;
using OrleansTrader.Silo.Hosting;

namespace OrleansTrader.Cli;

/// <summary>The index of candle files that the service keeps in its state folder or database, as far as there is one.</summary>
internal static class DataIndex
{
    /// <summary>Does something with what the index knows, and adds to it what was found, unless it is the file of a service that runs.</summary>
    public static async Task<T> UseAsync<T>(CandleFolder folder, ParseResult parsed, StateOption state, StoreOption store, Func<CandleFileMemory, Task<T>> work, CancellationToken cancellation)
    {
        var layout = state.Read(parsed);
        await using var server = store.Find(parsed, layout);
        using var ours = server is null ? TakeIfFree(layout) : null;
        var memory = await MemoryAsync(folder, layout, server, cancellation);
        var result = await work(memory);
        if (server is not null || ours is not null) await memory.SaveAsync(cancellation);
        if (memory.Note is { } note) await Console.Error.WriteLineAsync($"warning: {note}");
        return result;
    }

    /// <summary>True when a process holds the state.</summary>
    public static bool IsInUse(StateLayout layout)
    {
        using var ours = TakeIfFree(layout);
        return ours is null && Directory.Exists(layout.Folder);
    }

    private static async Task<CandleFileMemory> MemoryAsync(CandleFolder folder, StateLayout layout, PostgresServer? server, CancellationToken cancellation)
    {
        if (server is null && !Directory.Exists(layout.Folder)) return CandleFileMemory.None;
        ICandleIndex index = server is null ? new FileCandleIndex(layout.CandleIndex) : new PostgresCandleIndex(server);
        return await CandleFileMemory.OpenAsync(index, folder, TimeProvider.System, cancellation);
    }

    /// <summary>Null when there is no state folder, or it is not to be written.</summary>
    private static StateFolder? TakeIfFree(StateLayout layout)
    {
        try
        {
            return Directory.Exists(layout.Folder) ? StateFolder.Take(layout.Folder) : null;
        }
        catch (StateFolderException)
        {
            return null;
        }
    }
}
