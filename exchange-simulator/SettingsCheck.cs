using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace OrleansTrader.ExchangeSimulator;

/// <summary>Whether settings lie within what their annotations allow, those within settings too.</summary>
internal static class SettingsCheck
{
    /// <exception cref="ValidationException">One does not; the message names it, its value and what is allowed.</exception>
    public static void Judge(object settings, string name)
    {
        foreach (var property in settings.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetIndexParameters().Length > 0) continue;
            var path = $"{name}:{property.Name}";
            var value = property.GetValue(settings);
            foreach (var rule in property.GetCustomAttributes<ValidationAttribute>())
                if (!rule.IsValid(value))
                    throw new ValidationException($"{path} is '{value}'. {rule.FormatErrorMessage(property.Name)}");
            Judge(path, value);
        }
    }

    private static void Judge(string path, object? value)
    {
        switch (value)
        {
            case IDictionary map:
                foreach (DictionaryEntry entry in map)
                    if (IsOurs(entry.Value))
                        Judge(entry.Value!, $"{path}:{entry.Key}");
                break;
            case IList list:
                for (var i = 0; i < list.Count; i++)
                    if (IsOurs(list[i]))
                        Judge(list[i]!, $"{path}:{i}");
                break;
            default:
                if (IsOurs(value)) Judge(value!, path);
                break;
        }
    }

    private static bool IsOurs(object? value) => value is not null and not Enum && value.GetType().Assembly == typeof(SettingsCheck).Assembly;
}
