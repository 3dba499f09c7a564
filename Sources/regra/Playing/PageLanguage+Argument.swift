import ArgumentParser
import PlaygroundServer

extension PageLanguage: ExpressibleByArgument {}
