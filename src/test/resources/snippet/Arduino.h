// As much of Arduino as the snippet uses, to read its syntax without a board.
#pragma once
#include <cstdint>
#include <cstdio>
typedef uint8_t byte;
struct SerialPort {
    void begin(int) {}
    void print(const char*) {}
    void print(char) {}
    void write(const byte*, unsigned int) {}
    void println() {}
};
static SerialPort Serial;
inline unsigned long millis() { return 0; }
inline void delay(int) {}
