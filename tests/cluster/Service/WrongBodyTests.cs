using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Xunit;

namespace OrleansTrader.Cluster.Tests.Service;

/// <summary>What a running service answers to a body that is not what an address takes.</summary>
public sealed class WrongBodyTests : IDisposable
{
    private const string Amount = "it must be a number from 0.01 to 1000000000 with at most 8 decimals.";
    private const string Funds = "it must be a JSON object with amount, asset.";

    private static readonly (string Verb, string Path, string Body, string Detail)[] Wrong =
    [
        ("POST", "funds/deposit", """{"amount": 0}""", $"amount is 0; {Amount}"),
        ("POST", "funds/deposit", """{"amount": 0.123456789}""", $"amount is 0.123456789; {Amount}"),
        ("POST", "funds/deposit", "{}", $"amount is missing; {Amount}"),
        ("POST", "funds/deposit", """{"amount": null}""", $"amount is missing; {Amount}"),
        ("POST", "funds/deposit", """{"amount": "7"}""", "The body of the request: amount must be a number."),
        ("POST", "funds/deposit", """{"amount": 1e999}""", "The body of the request: amount must be a number."),
        ("POST", "funds/deposit", """{"amount": NaN}""", "The body of the request: this is not JSON."),
        ("POST", "funds/deposit", """{"amount": 7, "asset": 5}""", "The body of the request: asset must be a text."),
        ("POST", "funds/deposit", """{"amount": 7, "aset": "BTC"}""", "The body of the request: aset is not a member; there are amount, asset."),
        ("POST", "funds/deposit", """{"amount": 7""", "The body of the request: this is not JSON."),
        ("POST", "funds/deposit", """{"amount": 7} and more""", "The body of the request: this is not JSON."),
        ("POST", "funds/deposit", "much", "The body of the request: this is not JSON."),
        ("POST", "funds/withdraw", "", $"The body of the request: it is empty; {Funds}"),
        ("POST", "funds/withdraw", "null", $"The body of the request: it is empty; {Funds}"),
        ("POST", "funds/reset", "[7]", $"The body of the request: {Funds}"),
        ("POST", "funds/reset", "7", $"The body of the request: {Funds}"),
        ("POST", "arm", "", "The body of the request: it is empty; it must be a JSON object with confirm."),
        ("POST", "arm", """{"confirm": true}""", "The body of the request: confirm must be a text."),
        ("PUT", "risk/limits", """{"maxDailyLoss": 0.01, "MaxDailyLoss": 0.03}""", "The body of the request: MaxDailyLoss stands there twice; leave one of the two out."),
        ("PUT", "risk/limits", """{"maxDailyLoss": 0.01, "maxDailyLoss": 0.03}""", "The body of the request: maxDailyLoss stands there twice; leave one of the two out."),
        ("POST", "arm", """{"confirm": "a", "confirm": "b"}""", "The body of the request: confirm stands there twice; leave one of the two out."),
        ("POST", "arm", """{"name": "live"}""", "The body of the request: name is not a member; there are confirm."),
        ("POST", "login", "{}", "password is missing; it must be a text."),
        ("POST", "login", """{"password": 5}""", "The body of the request: password must be a text."),
        ("PUT", "risk/limits", "", "The body of the request: it is empty; it must be a JSON object."),
        ("PUT", "risk/limits", "[1]", "The body of the request: it must be a JSON object."),
        ("PUT", "risk/limits", "nonsense", "The body of the request: this is not JSON."),
        ("PUT", "risk/limits", "{}", """No limit is named; send one JSON object, such as {"maxDailyLoss": 0.03}."""),
        ("PUT", "risk/limits", """{"maxDailyLoss": "much"}""", "MaxDailyLoss is 'much'; it must be "),
        ("PUT", "risk/limits", """{"maxDailyLoss": null}""", "MaxDailyLoss is ''; it must be "),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("trader-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_says_what_is_wrong_where_and_what_is_allowed_in_words_of_the_trade()
    {
        await using var service = await ServiceProcess.StartAsync(_folder.FullName, "--Market:Source=synthetic");
        using var http = new HttpClient { BaseAddress = new Uri($"{service.Url}/api/v1/") };
        foreach (var (verb, path, body, detail) in Wrong)
        {
            using var request = new HttpRequestMessage(new HttpMethod(verb), path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            using var answer = await http.SendAsync(request, Cancellation);
            var told = await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
            Assert.Equal((path, body, HttpStatusCode.BadRequest, "application/problem+json"), (path, body, answer.StatusCode, answer.Content.Headers.ContentType?.MediaType));
            Assert.StartsWith(detail, told.GetProperty("detail").GetString(), StringComparison.Ordinal);
            Assert.Equal(("Bad Request", 400), (told.GetProperty("title").GetString(), told.GetProperty("status").GetInt32()));
        }
    }
}
