@echo off
rem SPDX-License-Identifier: Apache-2.0
rem Starts Gatewright on Windows, as bin/gatewright does on Unix; the reasons stand there. No blocks in parentheses: a path may hold one.
setlocal EnableExtensions DisableDelayedExpansion
for %%d in ("%~dp0..") do set "home=%%~fd"

set "java=%home%\runtime\bin\java.exe"
if exist "%java%" goto found
set "java=%JAVA_HOME%\bin\java.exe"
if defined JAVA_HOME goto named
set "java="
for %%j in (java.exe) do set "java=%%~$PATH:j"
if not defined java set "java=java.exe on the PATH"
:named
if exist "%java%" goto found
>&2 echo gatewright: there is no Java at %java%; install Java 17 or newer, or set JAVA_HOME
exit /b 3

:found
set "major=17"
for %%d in ("%java%\..\..\release") do set "release=%%~fd"
if not exist "%release%" goto checked
for /f "usebackq tokens=2 delims==" %%v in (`findstr /b /c:"JAVA_VERSION=" "%release%"`) do set "version=%%~v"
for /f "tokens=1 delims=." %%m in ("%version%") do set "major=%%m"
if %major% GEQ 17 goto checked
>&2 echo gatewright: %java% is Java %version%, which is too old; install Java 17 or newer, or set JAVA_HOME to one
exit /b 3

:checked
if exist "%home%\lib\gatewright-cli.jar" goto start
>&2 echo gatewright: %home%\lib\gatewright-cli.jar is missing; install the program anew
exit /b 3

:start
set "compilers=-XX:TieredStopAtLevel=1"
if "%~1"=="containerize" set "compilers=-XX:+TieredCompilation"
if "%~1"=="pack" set "compilers=-XX:+TieredCompilation"
if "%~1"=="unpack" set "compilers=-XX:+TieredCompilation"
"%java%" -XX:+UseSerialGC -Xms32m %compilers% -XX:-UsePerfData -Xshare:auto -Xlog:cds=off -Xlog:cds+dynamic=off ^
  "-XX:SharedArchiveFile=%home%\lib\program.jsa" "-Dgatewright.home=%home%" ^
  -cp "%home%\lib\gatewright-cli.jar" dev.gatewright.stages.cli.Main %*
set "code=%ERRORLEVEL%"
for %%c in (0 2 3 4 130) do if "%code%"=="%%c" exit /b %code%
if "%code%"=="10" exit /b 1
if "%code%"=="1" goto unstarted
>&2 echo gatewright: the program ended with %code%, which is none of its codes: nothing was judged
exit /b 3
:unstarted
>&2 echo gatewright: Java could not start the program, and says above why: it has to be Java 17 or newer; look at JAVA_HOME and JAVA_TOOL_OPTIONS. Nothing was judged
exit /b 3
