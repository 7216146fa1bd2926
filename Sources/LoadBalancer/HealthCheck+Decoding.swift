extension HealthCheck {
  enum CodingKeys: String, CodingKey {
    case isEnabled, timeOut, intervalTime, healthNum, unHealthNum, httpCode, httpCheckPath
    case httpCheckDomain, httpCheckMethod, httpVersion, extendedCode, custom, sourceIPType, assumed
  }

  /// Parameters that a capture of an earlier agent does not have are at their defaults.
  package init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    func value<Value: Decodable>(_ key: CodingKeys, _ standard: Value) throws -> Value {
      try container.decodeIfPresent(Value.self, forKey: key) ?? standard
    }
    self.init()
    isEnabled = try value(.isEnabled, isEnabled)
    timeOut = try value(.timeOut, timeOut)
    intervalTime = try value(.intervalTime, intervalTime)
    healthNum = try value(.healthNum, healthNum)
    unHealthNum = try value(.unHealthNum, unHealthNum)
    httpCode = try value(.httpCode, httpCode)
    httpCheckPath = try value(.httpCheckPath, httpCheckPath)
    httpCheckDomain = try container.decodeIfPresent(String.self, forKey: .httpCheckDomain)
    httpCheckMethod = try value(.httpCheckMethod, httpCheckMethod)
    httpVersion = try value(.httpVersion, httpVersion)
    extendedCode = try value(.extendedCode, extendedCode)
    custom = try container.decodeIfPresent(CustomCheck.self, forKey: .custom)
    sourceIPType = try container.decodeIfPresent(SourceIPType.self, forKey: .sourceIPType)
    assumed = try value(.assumed, assumed)
  }
}
