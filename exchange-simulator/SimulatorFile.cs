using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansTrader.Core.Ports;
using OrleansTrader.ExchangeSimulator.Faults;

namespace OrleansTrader.ExchangeSimulator;

/// <summary>Reads the settings of the exchange, and plans of faults, from JSON files; a name that is not known is refused.</summary>
public static class SimulatorFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>The group <see cref="SimulatorOptions.Section"/> of a file.</summary>
    /// <exception cref="SimulatorException">The file cannot be read, or a setting is not known, of the wrong kind or out of range.</exception>
    public static SimulatorOptions ReadSettings(string path)
    {
        var options = Read<Whole>(path).ExchangeSimulator ?? throw new SimulatorException($"{path} has no group {SimulatorOptions.Section}; settings are written as {{ \"{SimulatorOptions.Section}\": {{ \"Seed\": 7 }} }}.");
        Judge(path, options, SimulatorOptions.Section);
        return options;
    }

    /// <summary>What goes wrong from the start on, as <c>PUT /sim/faults</c> takes it.</summary>
    /// <exception cref="SimulatorException">The file cannot be read, or a fault is not known, of the wrong kind or out of range.</exception>
    public static FaultOptions ReadFaults(string path)
    {
        var faults = Read<FaultOptions>(path);
        Judge(path, faults, nameof(SimulatorOptions.Faults));
        return faults;
    }

    private static void Judge(string path, object settings, string name)
    {
        try
        {
            SettingsCheck.Judge(settings, name);
        }
        catch (ValidationException wrong)
        {
            throw new SimulatorException($"{path}: {wrong.Message}", wrong);
        }
    }

    private static T Read<T>(string path)
        where T : class
    {
        if (!File.Exists(path)) throw new SimulatorException($"There is no file {path}.");
        try
        {
            return JsonSerializer.Deserialize<T>(File.ReadAllBytes(path), Json) ?? throw new SimulatorException($"{path} is empty; it must hold a JSON object.");
        }
        catch (JsonException wrong)
        {
            throw new SimulatorException(new JsonFault(wrong.LineNumber is { } line ? $"{path}, line {line + 1}" : path, typeof(T), "setting").Sentence(wrong), wrong);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new SimulatorException($"{path} cannot be read: {failed.Message.TrimEnd('.')}.", failed);
        }
    }

    private sealed record Whole(SimulatorOptions? ExchangeSimulator);
}
