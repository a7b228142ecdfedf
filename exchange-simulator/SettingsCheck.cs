using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Security.Cryptography;
using OrleansTrader.ExchangeSimulator.Accounts;

namespace OrleansTrader.ExchangeSimulator;

/// <summary>Whether settings lie within what their annotations allow, those within settings too.</summary>
internal static class SettingsCheck
{
    /// <summary>As the other one, and whether accounts and filters fit together with each other and with the market.</summary>
    /// <exception cref="ValidationException">Something does not; the message says what, where, and what is allowed.</exception>
    public static void Judge(SimulatorOptions options, IReadOnlyCollection<string> symbols)
    {
        Judge(options, SimulatorOptions.Section);
        var (names, keys) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        for (var i = 0; i < options.Accounts.Count; i++)
        {
            var (account, path) = (options.Accounts[i], $"{SimulatorOptions.Section}:Accounts:{i}");
            if (!names.Add(account.Name)) throw new ValidationException($"{path}:Name is '{account.Name}', which another account has; each has a name of its own.");
            foreach (var (asset, amount) in account.Balances)
                if (amount < 0)
                    throw new ValidationException($"{path}:Balances:{asset} is '{amount}'; it must be 0 or more.");
            for (var k = 0; k < account.Keys.Count; k++) Judge(account.Keys[k], $"{path}:Keys:{k}", keys);
        }

        foreach (var symbol in options.Filters.Keys)
            if (!symbols.Contains(symbol, StringComparer.Ordinal))
                throw new ValidationException($"{SimulatorOptions.Section}:Filters:{symbol} is for a symbol that the market does not have; it has {string.Join(", ", symbols)}.");
    }

    private static void Judge(KeyOptions key, string path, HashSet<string> keys)
    {
        if (!keys.Add(key.ApiKey)) throw new ValidationException($"{path}:ApiKey is there twice; each key is of one account.");
        if (string.IsNullOrEmpty(key.Secret) == (key.PublicKeyPem is null)) throw new ValidationException($"{path} must have either a Secret or a PublicKeyPem.");
        if (key.PublicKeyPem is not { } pem) return;
        try
        {
            using var rsa = RSA.Create();
            rsa.ImportFromPem(pem);
        }
        catch (Exception unusable) when (unusable is ArgumentException or CryptographicException)
        {
            throw new ValidationException($"{path}:PublicKeyPem is no public RSA key; it must begin with -----BEGIN PUBLIC KEY-----.", unusable);
        }
    }

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
