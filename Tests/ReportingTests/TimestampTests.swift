import Reporting
import Testing

@Suite("a timestamp")
struct TimestampTests {
  struct Moment: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let seconds: Int64
    var nanoseconds = 0
    let text: String
  }

  @Test(
    "is written as RFC 3339 in UTC",
    arguments: [
      Moment(testDescription: "the epoch", seconds: 0, text: "1970-01-01T00:00:00.000Z"),
      Moment(
        testDescription: "a leap day", seconds: 1_709_164_800, text: "2024-02-29T00:00:00.000Z"),
      Moment(
        testDescription: "the day after one", seconds: 951_868_800,
        text: "2000-03-01T00:00:00.000Z"),
      Moment(
        testDescription: "1900 was no leap year", seconds: -2_203_891_200,
        text: "1900-03-01T00:00:00.000Z"),
      Moment(
        testDescription: "the last second of a year, cut to the millisecond",
        seconds: 1_767_225_599, nanoseconds: 999_999_999, text: "2025-12-31T23:59:59.999Z"),
      Moment(
        testDescription: "before the epoch", seconds: -1, nanoseconds: 5_000_000,
        text: "1969-12-31T23:59:59.005Z"),
      Moment(
        testDescription: "year 0", seconds: -62_167_219_200, text: "0000-01-01T00:00:00.000Z"),
      Moment(
        testDescription: "beyond year 9999", seconds: .max, text: "9999-12-31T23:59:59.000Z"),
      Moment(
        testDescription: "before year 0", seconds: .min, text: "0000-01-01T00:00:00.000Z"),
    ])
  func rfc3339(_ moment: Moment) {
    let timestamp = Timestamp(secondsSinceEpoch: moment.seconds, nanoseconds: moment.nanoseconds)
    #expect(timestamp.rfc3339 == moment.text)
    #expect(timestamp.rfc3339Seconds == moment.text.prefix(19) + "Z")
  }

  @Test("keeps nanoseconds inside their second")
  func clampsNanoseconds() {
    #expect(Timestamp(secondsSinceEpoch: 0, nanoseconds: -1).nanoseconds == 0)
    #expect(Timestamp(secondsSinceEpoch: 0, nanoseconds: .max).nanoseconds == 999_999_999)
  }
}
