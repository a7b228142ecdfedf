using System.Text.Json;
using Microsoft.Extensions.Configuration;

namespace OrleansTrader.Silo.Settings;

/// <summary>The file of settings in the folder that the service is started from.</summary>
public static class SettingsFile
{
    public const string Name = "trader.json";

    /// <summary>Takes the settings of the file, if there is one.</summary>
    /// <exception cref="SettingsException">It cannot be read, or is no JSON object.</exception>
    public static void AddSettingsFile(this IConfigurationManager configuration)
    {
        if (Directory.Exists(Name)) throw new SettingsException($"{Name} is a folder; it must be a file of settings.");
        try
        {
            configuration.AddJsonFile(Path.GetFullPath(Name), optional: true);
        }
        catch (Exception failed) when (failed is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new SettingsException(Sentence(failed.GetBaseException(), failed), failed);
        }
    }

    private static string Sentence(Exception cause, Exception failed)
    {
        for (var error = failed; error is not null; error = error.InnerException)
        {
            if (error is JsonException { LineNumber: { } line, BytePositionInLine: { } column })
                return $"{Name}, line {line + 1}, column {column + 1}: this is not JSON; settings are written as {{ \"Market\": {{ \"Source\": \"replay\" }} }}.";
        }

        return $"{Name} cannot be used: {cause.Message.TrimEnd('.')}; settings are written as {{ \"Market\": {{ \"Source\": \"replay\" }} }}.";
    }
}
